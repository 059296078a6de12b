//! What is asked, in which words of the script.

use crate::data::{
    Scale,
    land::{self, BRANCHES_PER_DISTRICT, COMMUNES_PER_DISTRICT, FIRST_BRANCH, FIRST_COMMUNE},
    practice,
    templates::{End, SLOTS, TEMPLATES},
};
use crate::service::{PASSWORD, Service};
use serde_json::json;

/// One kind of request.
pub struct Workload {
    /// What `--only` calls it.
    pub name: &'static str,
    /// What it is, in the table.
    pub title: &'static str,
    /// The body of the script's `request`.
    pub request: &'static str,
    /// Requests that are one unit of work.
    pub each: f64,
    /// The question whose tag says that nothing changed.
    pub tag: Option<&'static str>,
}

const fn one(name: &'static str, title: &'static str, request: &'static str) -> Workload {
    Workload { name, title, request, each: 1.0, tag: None }
}

/// All workloads, in the order in which they run: what changes much comes last.
pub const WORKLOADS: [Workload; 16] = [
    one("get", "one task", "return a_get()"),
    one("page", "page of 50, lean rows", "return a_page()"),
    one("full-page", "page of 50, whole tasks", "return a_full_page()"),
    one("own-page", "page of the own unit", "return an_own_page()"),
    one("rollup", "district roll-up", "return a_rollup()"),
    Workload {
        tag: Some("rollup"),
        ..one("rollup-304", "district roll-up, not modified", "return tagged()")
    },
    one("province", "province roll-up by children", "return children()"),
    one("coverage", "coverage matrix", "return coverage()"),
    one("indicator", "indicator roll-up, 12 months", "return indicator()"),
    one("search", "search", "return search()"),
    one("login", "log-in", "return login()"),
    one("report", "progress report", "return report()"),
    Workload {
        each: 2.0,
        ..one("rollup-changed", "report, then district roll-up (pair)", "return in_turn(a_rollup)")
    },
    Workload {
        each: 2.0,
        ..one("province-changed", "report, then province roll-up (pair)", "return in_turn(children)")
    },
    one("confirm", "confirm", "return confirm()"),
    one("mixed", "a mixed day, 30 % reports", "return mixed()"),
];

/// Workloads that change something.
const CHANGING: [&str; 5] = ["report", "rollup-changed", "province-changed", "confirm", "mixed"];

const MORE: &str = r#"
local tagged = unchanged(a_rollup)
local function login()
  return wrk.format("POST", "/api/v1/auth/login", { ["Content-Type"] = "application/json" }, LOGIN)
end
local next_task = FIRST_TO_CONFIRM
local function confirm()
  next_task = next_task + 1
  return post("leader.2", "/tasks/" .. id(4, next_task - 1) .. "/confirm", '{"result":"met"}')
end
local READS = { a_get, a_get, a_get, a_get, a_get, a_page, a_page, an_own_page, an_own_page, a_rollup, search, indicator, coverage, children }
local function mixed()
  if math.random(10) <= 3 then return report() end
  return READS[math.random(#READS)]()
end
-- Looking at answers costs wrk as much as asking: where something may be refused only.
if CHANGING then
  function response(status) if status >= 400 and #refused < 40 then refused = refused .. " " .. status end end
end
"#;

/// What a script is told.
pub struct Told<'a> {
    pub scale: Scale,
    pub tokens: &'a [(String, String)],
    pub etag: &'a str,
    pub first_to_confirm: usize,
}

/// The whole script of a workload.
pub fn script(workload: &Workload, told: &Told) -> String {
    let slots: Vec<String> = SLOTS.iter().map(usize::to_string).collect();
    let open = TEMPLATES.iter().enumerate().filter(|(_, course)| course.end == End::Reporting);
    let open: Vec<String> = open.map(|(t, _)| format!("[{t}]=true")).collect();
    let tokens: Vec<String> =
        told.tokens.iter().map(|(name, token)| format!("bearers[\"{name}\"]=\"Bearer {token}\"\n")).collect();
    let last = practice::last_month(crate::data::today());
    let months = chrono::Months::new(practice::MONTHS - 1);
    let periods = format!("&from={}&to={}", practice::period(last - months), practice::period(last));
    let login = json!({"username": land::username("officer", 1), "password": PASSWORD});
    format!(
        "local SLOTS, OPEN, TASKS = {{{}}}, {{{}}}, {}\nlocal RESOLUTION, INDICATOR, PERIODS = \"{}\", \"{}\", \"{periods}\"\n\
         local ETAG, LOGIN, FIRST_TO_CONFIRM, CHANGING = '{}', '{login}', {}, {}\n{}\n{}\n{MORE}\nfunction request() {} end\n",
        slots.join(","),
        open.join(","),
        told.scale.tasks(),
        practice::resolution(),
        practice::indicator(),
        told.etag,
        told.first_to_confirm,
        CHANGING.contains(&workload.name),
        include_str!("requests.lua"),
        tokens.concat(),
        workload.request,
    )
}

/// Logs everybody in whom the scripts act for.
pub fn tokens(service: &Service) -> Vec<(String, String)> {
    let communes = FIRST_COMMUNE..FIRST_COMMUNE + COMMUNES_PER_DISTRICT;
    let branches = FIRST_BRANCH..FIRST_BRANCH + BRANCHES_PER_DISTRICT;
    let officers = std::iter::once(1).chain(communes).chain(branches).map(|n| land::username("officer", n));
    let others = [land::username("leader", 2), land::username("viewer", 0)];
    officers.chain(others).map(|name| (name.clone(), service.token(&name))).collect()
}

/// The tag of the district's roll-up as it now stands.
pub fn etag(service: &Service) -> String {
    let path = format!("/reports/task-rollup?unit_id={}&by=none", land::unit(1));
    let answer = service.client(&land::username("officer", 1)).get(&path).expect("an answer");
    answer.expect(200);
    answer.etag.expect("a tag")
}
