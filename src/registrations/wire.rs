//! What goes over the wire about registration rounds.

mod line;
mod query;
mod registration;
mod round;

pub use line::{
    LineSource, LineVerdict, RegistrationLine, RegistrationLineComment, RegistrationLineCreate,
    RegistrationLinePatch, RegistrationLines, RegistrationLinesCreate, RegistrationRaise,
};
pub use query::{RegistrationQuery, RegistrationRoundQuery};
pub use registration::{
    Registration, RegistrationAcceptance, RegistrationAnswer, RegistrationChangedLine, RegistrationDiff,
    RegistrationImposed, RegistrationImposition, RegistrationImpositions, RegistrationLineName,
    RegistrationReturn, RegistrationReturnedLine, RegistrationStart, RegistrationSubmission,
    RegistrationSummary, RegistrationSupplement,
};
pub use round::{
    RegistrationQuota, RegistrationRound, RegistrationRoundCancellation, RegistrationRoundClosing,
    RegistrationRoundCreate, RegistrationRoundPatch,
};

/// Most lines of a registration.
pub const MOST_LINES: usize = 500;
