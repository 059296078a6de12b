//! What plans and numbers must keep to. Pure.

use crate::{
    disseminations::wire::{
        AttendanceNumber, AttendanceNumberCreate, PlannedNumber, Qualifier, Rapporteur, RapporteurCreate,
        SessionForm, StudyWaveCreate,
    },
    error::{Code, Fault, Phrase},
    measures::{Audience, AudienceClass, disseminations::Numbers},
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A wave as a plan keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanWave {
    pub audience: Audience,
    pub due_on: Option<NaiveDate>,
    pub planned: Vec<PlannedNumber>,
}

impl PlanWave {
    /// The planned numbers as figures take them: the value, whatever its qualifier.
    pub fn numbers(&self) -> Numbers {
        self.planned.iter().map(|one| (one.class, one.value)).collect()
    }
}

/// The waves of a plan, in the order in which they are completed; cadres and members alone when none
/// are named.
pub fn waves(named: &[StudyWaveCreate]) -> Vec<PlanWave> {
    let mut waves: Vec<PlanWave> = named.iter().map(wave).collect();
    if waves.is_empty() {
        waves.push(PlanWave { audience: Audience::CadresAndMembers, due_on: None, planned: Vec::new() });
    }
    waves.sort_by_key(|wave| wave.audience);
    waves
}

fn wave(named: &StudyWaveCreate) -> PlanWave {
    let number = |class, value, qualifier: Option<Qualifier>| PlannedNumber {
        class,
        value,
        qualifier: qualifier.unwrap_or(Qualifier::Exactly),
    };
    let planned = named.planned.iter().flat_map(|few| &few.0);
    PlanWave {
        audience: named.audience,
        due_on: named.due_on.map(|day| day.0),
        planned: planned.map(|one| number(one.class, one.value.0, one.qualifier)).collect(),
    }
}

/// All that is wrong with named waves.
pub fn wave_faults(named: &[StudyWaveCreate]) -> Vec<Fault> {
    let refused = |at: String, why: Phrase| Fault::at(at, Code::NotPermittedHere).with("why", why);
    let mut faults = Vec::new();
    for (i, wave) in named.iter().enumerate() {
        if named.iter().take(i).any(|other| other.audience == wave.audience) {
            faults.push(refused(format!("/waves/{i}/audience"), Phrase::Twice));
        }
        let classes: Vec<AudienceClass> =
            wave.planned.iter().flat_map(|few| &few.0).map(|one| one.class).collect();
        faults.extend(twice(&classes, &format!("/waves/{i}/planned")));
    }
    let of = |audience| named.iter().enumerate().find(|(_, wave)| wave.audience == audience);
    match (of(Audience::CadresAndMembers), of(Audience::People)) {
        // The people come after cadres and members, never instead of them.
        (None, Some(_)) => faults.push(refused("/waves".into(), Phrase::MembersWave)),
        (Some((_, first)), Some((i, second))) => {
            if let (Some(first), Some(second)) = (first.due_on, second.due_on)
                && second < first
            {
                faults.push(Fault::at(format!("/waves/{i}/due_on"), Code::OutOfOrder).with("last", first.0));
            }
        }
        _ => {}
    }
    faults
}

/// Classes that stand more than once.
fn twice(classes: &[AudienceClass], under: &str) -> Vec<Fault> {
    let again = classes.iter().enumerate().filter(|(i, class)| classes.iter().take(*i).any(|c| c == *class));
    let fault =
        |i| Fault::at(format!("{under}/{i}/class"), Code::NotPermittedHere).with("why", Phrase::Twice);
    again.map(|(i, _)| fault(i)).collect()
}

/// Numbers of a session as they are kept.
pub fn attendance(named: &[AttendanceNumberCreate]) -> Vec<AttendanceNumber> {
    let one = |one: &AttendanceNumberCreate| AttendanceNumber {
        class: one.class,
        planned: one.planned.map(|number| number.0),
        attended: one.attended.0,
        qualifier: one.qualifier.unwrap_or(Qualifier::Exactly),
    };
    named.iter().map(one).collect()
}

/// Who presented, as it is kept.
pub fn rapporteurs(named: &[RapporteurCreate]) -> Vec<Rapporteur> {
    let own = |text: &str| text.to_owned();
    named
        .iter()
        .map(|one| Rapporteur { name: one.name.0.clone(), unit: one.unit.as_deref().map(own) })
        .collect()
}

/// The numbers as figures take them.
pub fn attended(numbers: &[AttendanceNumber]) -> Numbers {
    numbers.iter().map(|one| (one.class, one.attended)).collect()
}

/// What is known of a session when it is looked at.
pub struct SessionSaid<'a> {
    pub form: SessionForm,
    pub held_on: NaiveDate,
    pub attendance: &'a [AttendanceNumber],
    pub issued_on: Option<NaiveDate>,
    pub today: NaiveDate,
}

/// All that is wrong with a session. Whom a contest or a broadcast reached nobody can count.
pub fn session_faults(said: &SessionSaid) -> Vec<Fault> {
    let mut faults = Vec::new();
    if said.held_on > said.today {
        faults.push(Fault::at("/held_on", Code::InFuture));
    } else if said.issued_on.is_some_and(|issued| said.held_on < issued) {
        faults.push(Fault::at("/held_on", Code::NotPermittedHere).with("why", Phrase::BeforeIssue));
    }
    let uncounted = matches!(said.form, SessionForm::Contest | SessionForm::Broadcast);
    if said.attendance.is_empty() && !uncounted {
        faults.push(Fault::at("/attendance", Code::MayNotBeEmpty));
    }
    let classes: Vec<AudienceClass> = said.attendance.iter().map(|one| one.class).collect();
    faults.extend(twice(&classes, "/attendance"));
    faults
}

/// A part that is larger than its whole.
pub fn part_fault(pointer: &'static str, part: i64, whole: i64) -> Option<Fault> {
    (part > whole).then(|| Fault::at(pointer, Code::OutOfRange).with("min", 0).with("max", whole))
}
