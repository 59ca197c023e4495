//! Who asks, and what they may see.

use std::fmt;

/// What a caller may see. The roles of a token are these words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `analyst`: figures that name nobody.
    Analyst,
    /// `admin`: these, and the figures of each user.
    Admin,
    /// `ops`: how the service is.
    Ops,
}

impl Role {
    const ALL: [Role; 3] = [Role::Analyst, Role::Admin, Role::Ops];

    /// The role that a token calls so. What other services mean by other words is not ours to know.
    pub(super) fn named(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Analyst => "analyst",
            Role::Admin => "admin",
            Role::Ops => "ops",
        }
    }

    /// Whether who has this role may do what needs `other`: an admin is an analyst too.
    fn includes(self, other: Role) -> bool {
        self == other || (self, other) == (Role::Admin, Role::Analyst)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Anybody: the service is open.
    Anybody,
    /// The bearer of a token.
    Known {
        /// The token's `sub`.
        subject: String,
        /// Those of its roles that mean something here.
        roles: Vec<Role>,
    },
}

impl Caller {
    /// What the log calls them.
    pub fn subject(&self) -> &str {
        match self {
            Caller::Anybody => "anybody",
            Caller::Known { subject, .. } => subject,
        }
    }

    /// Whether they may do what needs `role`.
    pub fn may(&self, role: Role) -> bool {
        match self {
            Caller::Anybody => true,
            Caller::Known { roles, .. } => roles.iter().any(|one| one.includes(role)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_admin_is_an_analyst_and_nothing_else_is_implied() {
        let may = |role: Role| {
            let caller = Caller::Known { subject: "s".to_owned(), roles: vec![role] };
            Role::ALL.map(|other| caller.may(other))
        };
        assert_eq!(may(Role::Analyst), [true, false, false]);
        assert_eq!(may(Role::Admin), [true, true, false]);
        assert_eq!(may(Role::Ops), [false, false, true]);
    }
}
