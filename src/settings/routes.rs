//! Settings over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    http::{Body, Query, query::NoQuery},
    policy::{Action, Site},
    settings::{
        change as changing, model,
        wire::{InstanceSettings, SettingsPatch},
    },
};
use actix_web::{HttpResponse, get, patch};

/// Show the settings
///
/// Those in force, whether set or by default.
///
/// Who: admin of the instance.
#[utoipa::path(tag = "settings", responses((status = 200, body = InstanceSettings)))]
#[get("/settings")]
pub async fn show(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let settings = cx
        .read(Action::SettingsRead, move |conn, actor| {
            actor.may_at(Action::SettingsRead, Site { unit: None, assigner: None })?;
            model::load(conn, today)
        })
        .await?;
    Ok(cx.versioned(settings.version, &settings))
}

/// Change settings
///
/// They count from the next request on. All settings share one version.
///
/// Who: admin of the instance.
#[utoipa::path(tag = "settings", params(WriteQuery), request_body = SettingsPatch,
    responses((status = 200, body = InstanceSettings)))]
#[patch("/settings")]
pub async fn change(cx: Writing, body: Body<SettingsPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::SettingsManage, move |tx, actor| changing::change(tx, actor, expected.clone(), &body.0))
        .await
}
