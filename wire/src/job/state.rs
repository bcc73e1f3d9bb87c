//! Where a job stands, and where it may go from there.

use serde::{Deserialize, Serialize};

/// The state of a job. `docs/jobs.md` draws the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum JobState {
    /// Waits for a worker.
    Queued,
    /// A worker said it started and beats for it.
    Running,
    /// Somebody cancelled it while it ran; the worker has not answered yet.
    Cancelling,
    /// Its effect is in the database.
    Done,
    /// It failed too often, or for a reason that will not go away.
    Failed,
    /// It was cancelled, and its effect is not in the database.
    Cancelled,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Queued,
        Self::Running,
        Self::Cancelling,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
    ];

    /// The name as it stands in JSON and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Cancelling => "cancelling",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether nothing can happen to the job any more, except that somebody asks for it again.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }

    /// A worker asks to start it; `None` is a no.
    pub const fn start(self) -> Option<Self> {
        match self {
            Self::Queued => Some(Self::Running),
            _ => None,
        }
    }

    /// Somebody cancels it; `None` if it is final already.
    pub const fn cancel(self) -> Option<Self> {
        match self {
            Self::Queued => Some(Self::Cancelled),
            Self::Running | Self::Cancelling => Some(Self::Cancelling),
            Self::Done | Self::Failed | Self::Cancelled => None,
        }
    }

    /// Its worker was lost or asked for another try; `None` unless it was running.
    pub const fn try_again(self, tries_left: bool) -> Option<Self> {
        match (self, tries_left) {
            (Self::Running, true) => Some(Self::Queued),
            (Self::Running, false) => Some(Self::Failed),
            (Self::Cancelling, _) => Some(Self::Cancelled),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_final_state_is_never_left() {
        for state in JobState::ALL.into_iter().filter(|s| s.is_final()) {
            assert_eq!(state.start(), None, "{state:?}");
            assert_eq!(state.cancel(), None, "{state:?}");
            assert_eq!(state.try_again(true), None, "{state:?}");
        }
    }

    #[test]
    fn a_cancelled_job_never_runs_again() {
        assert_eq!(JobState::Running.cancel(), Some(JobState::Cancelling));
        assert_eq!(
            JobState::Cancelling.try_again(true),
            Some(JobState::Cancelled)
        );
        assert_eq!(JobState::Cancelling.start(), None);
    }

    #[test]
    fn names_read_back() {
        for state in JobState::ALL {
            assert_eq!(JobState::from_name(state.name()), Some(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
    }
}
