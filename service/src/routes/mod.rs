//! The endpoints, a file each: HTTP and nothing else.

pub mod catchers;
mod daily_usage;
mod health_check;
mod path;
mod readiness_check;
mod user_visits;
pub mod verbs;

use rocket::{Route, routes};

/// The endpoints.
fn endpoints() -> Vec<Route> {
    routes![
        daily_usage::daily_usage,
        health_check::health_check,
        readiness_check::readiness_check,
        user_visits::user_visits,
    ]
}

/// All routes: the endpoints, and what each of them says to other methods.
pub fn all() -> Vec<Route> {
    let mut routes = endpoints();
    for endpoint in endpoints() {
        routes.extend(verbs::beside(&endpoint));
    }
    routes.into_iter().map(path::exact).collect()
}

#[cfg(test)]
mod tests {
    use service_settings::{DAILY_USAGE_PATH, HEALTH_PATH, READINESS_PATH, USER_VISITS_PATH};

    use super::*;

    #[test]
    fn the_paths_are_those_that_the_manifests_know() {
        let mut paths: Vec<String> = endpoints().iter().map(|route| route.uri.to_string()).collect();
        paths.sort();
        assert_eq!(paths, [DAILY_USAGE_PATH, USER_VISITS_PATH, HEALTH_PATH, READINESS_PATH]);
    }
}
