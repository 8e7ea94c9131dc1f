//! Who may do what.

/// Who tries. All but the first are signed in.
pub(super) const CALLERS: [&str; 6] = ["nobody", "outsider", "member", "coach", "manager", "owner"];

/// Who is let in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Access {
    /// Everybody.
    Anyone,
    /// Everybody who is signed in.
    SignedIn,
    /// Those of this role or a higher one; the others may know of the thing and are told 403.
    Role(&'static str),
    /// Those of this role or a higher one; the others may not know of the thing and are told 404.
    RoleOrHidden(&'static str),
    /// The same for a route that takes no sign-in: nobody is asked for one.
    OpenRouteOrHidden(&'static str),
    /// Staff may know of the thing, and those of this role or a higher one may do it.
    RoleAmongStaff(&'static str),
    /// The member, whose own it is.
    OwnOrHidden,
    /// The member, whose own it is, and the coaches that they let see it.
    OwnOrCoachOrHidden,
    /// Nobody, since it is everybody's.
    Untouchable,
    /// Whoever signs the request itself, which none of these do.
    Signer,
    /// Operators, of whom there is none here.
    Operator,
}

impl Access {
    /// The status that keeps `caller` out, or nothing.
    pub(super) fn denies(self, caller: &str) -> Option<u16> {
        let rank = |who: &str| CALLERS.iter().position(|known| *known == who).unwrap();
        if let Self::OpenRouteOrHidden(least) = self {
            return (rank(caller) < rank(least)).then_some(404);
        }
        if matches!(self, Self::Signer) {
            return Some(401);
        }
        if caller == "nobody" {
            return (!matches!(self, Self::Anyone)).then_some(401);
        }
        match self {
            Self::Anyone | Self::SignedIn | Self::OpenRouteOrHidden(_) | Self::Signer => None,
            Self::RoleOrHidden(least) => (rank(caller) < rank(least)).then_some(404),
            Self::RoleAmongStaff(_) if rank(caller) < rank("coach") => Some(404),
            Self::Role(least) | Self::RoleAmongStaff(least) => (rank(caller) < rank(least)).then_some(403),
            Self::OwnOrHidden => (caller != "member").then_some(404),
            Self::OwnOrCoachOrHidden => (rank(caller) < rank("member")).then_some(404),
            Self::Operator | Self::Untouchable => Some(403),
        }
    }
}

/// Who may do what. The second rule is for the thing in its [other variant](super::paths::Variant::Other).
pub(super) fn table(operation: &str) -> Option<Vec<Access>> {
    of_clubs(operation).or_else(|| of_athletes(operation))
}

/// Accounts, clubs, what happens in them, and the program itself.
fn of_clubs(operation: &str) -> Option<Vec<Access>> {
    use Access::{
        Anyone, OpenRouteOrHidden, Operator, OwnOrHidden, Role, RoleAmongStaff, RoleOrHidden, SignedIn,
    };
    Some(match operation {
        "POST /api/v1/auth/signup"
        | "POST /api/v1/auth/login"
        | "POST /api/v1/auth/refresh"
        | "POST /api/v1/auth/logout"
        | "GET /api/v1/clubs"
        | "GET /api/v1/clubs/{club}"
        | "GET /api/v1/clubs/{club}/events"
        | "GET /health/live"
        | "GET /health/ready"
        | "GET /health/startup"
        | "GET /openapi.json" => vec![Anyone],
        "GET /api/v1/me"
        | "PATCH /api/v1/me"
        | "GET /api/v1/me/registrations"
        | "GET /api/v1/me/api-keys"
        | "POST /api/v1/me/api-keys"
        | "POST /api/v1/clubs"
        | "POST /api/v1/clubs/{club}/join" => vec![SignedIn],
        "DELETE /api/v1/me/api-keys/{id}" => vec![OwnOrHidden],
        "PATCH /api/v1/clubs/{club}"
        | "GET /api/v1/clubs/{club}/members"
        | "PUT /api/v1/clubs/{club}/members/{user_id}"
        | "POST /api/v1/clubs/{club}/events" => vec![Role("manager")],
        "GET /api/v1/events/{id}" => vec![Anyone, OpenRouteOrHidden("coach")],
        "PATCH /api/v1/events/{id}"
        | "POST /api/v1/events/{id}/publish"
        | "POST /api/v1/events/{id}/unpublish"
        | "POST /api/v1/events/{id}/cancel" => vec![Role("manager"), RoleAmongStaff("manager")],
        "POST /api/v1/events/{id}/registrations" => vec![SignedIn, RoleOrHidden("coach")],
        "GET /api/v1/events/{id}/registrations" | "GET /api/v1/events/{id}/waitlist" => {
            vec![Role("coach"), RoleOrHidden("coach")]
        }
        "GET /api/v1/registrations/{id}"
        | "POST /api/v1/registrations/{id}/cancel"
        | "POST /api/v1/registrations/{id}/attendance" => vec![RoleOrHidden("coach")],
        "GET /health/detailed" | "GET /api/performance/metrics" => vec![Operator],
        _ => return None,
    })
}

/// What people lift, and what they wear.
fn of_athletes(operation: &str) -> Option<Vec<Access>> {
    use Access::{OwnOrCoachOrHidden, OwnOrHidden, Role, SignedIn, Signer, Untouchable};
    Some(match operation {
        "GET /api/v1/wearables/records/{id}"
        | "GET /api/v1/wearables/records/{id}/raw"
        | "DELETE /api/v1/wearables/records/{id}" => vec![OwnOrHidden],
        "POST /api/v1/wearables/whoop/webhook" => vec![Signer],
        "POST /api/v1/wearables/recoveries"
        | "POST /api/v1/wearables/sleeps"
        | "POST /api/v1/wearables/cycles"
        | "GET /api/v1/wearables/records"
        | "GET /api/v1/wearables/whoop"
        | "PUT /api/v1/wearables/whoop"
        | "DELETE /api/v1/wearables/whoop"
        | "GET /api/v1/exercises"
        | "POST /api/v1/exercises"
        | "GET /api/v1/exercises/resolve"
        | "GET /api/v1/workout-templates"
        | "POST /api/v1/workout-templates"
        | "POST /api/v1/workout-sessions"
        | "GET /api/v1/imports"
        | "POST /api/v1/imports"
        | "GET /api/v1/me/export"
        | "GET /api/v1/progress/dashboard"
        | "GET /api/v1/progress/summaries"
        | "GET /api/v1/progress/records"
        | "GET /api/v1/clubs/{club}/coaching-consent"
        | "DELETE /api/v1/clubs/{club}/coaching-consent" => vec![SignedIn],
        "GET /api/v1/exercises/{id}" | "GET /api/v1/progress/exercises/{id}/trend" => {
            vec![OwnOrHidden, SignedIn]
        }
        "PATCH /api/v1/exercises/{id}"
        | "DELETE /api/v1/exercises/{id}"
        | "POST /api/v1/exercises/{id}/merge" => vec![OwnOrHidden, Untouchable],
        "GET /api/v1/workout-sessions" | "GET /api/v1/workout-sessions/{id}" => {
            vec![OwnOrHidden, OwnOrCoachOrHidden]
        }
        "PATCH /api/v1/workout-sessions/{id}"
        | "DELETE /api/v1/workout-sessions/{id}"
        | "GET /api/v1/workout-templates/{id}"
        | "PATCH /api/v1/workout-templates/{id}"
        | "DELETE /api/v1/workout-templates/{id}"
        | "GET /api/v1/workout-templates/{id}/next"
        | "GET /api/v1/imports/{id}"
        | "POST /api/v1/imports/{id}/undo" => vec![OwnOrHidden, OwnOrHidden],
        "PUT /api/v1/clubs/{club}/coaching-consent" => vec![Role("member")],
        "GET /api/v1/clubs/{club}/athletes" => vec![Role("coach")],
        _ => return None,
    })
}
