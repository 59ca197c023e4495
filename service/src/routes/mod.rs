//! The endpoints, a file each: HTTP and nothing else.

pub mod catchers;
mod counted;
mod daily_usage;
mod health_check;
mod metrics;
pub mod openapi;
mod pages;
mod path;
mod readiness_check;
mod shared;
mod user_visits;
mod v1;
pub mod verbs;

use rocket::{Route, routes};

/// The endpoints.
fn endpoints() -> Vec<Route> {
    routes![
        daily_usage::daily_usage,
        health_check::health_check,
        metrics::metrics,
        openapi::openapi,
        readiness_check::readiness_check,
        user_visits::user_visits,
        v1::daily_usage::daily_usage_v1,
        v1::index::index_v1,
        v1::summary::summary_v1,
        v1::user_visits::user_visits_v1,
    ]
}

/// All routes: the endpoints, the pages, and what each of them says to other methods.
pub fn all() -> Vec<Route> {
    let looked_at = || endpoints().into_iter().chain(pages::looked_at());
    let mut routes: Vec<Route> = looked_at().chain(pages::sent_to()).collect();
    routes.extend(looked_at().flat_map(|route| verbs::beside(&route)));
    routes.extend(pages::sent_to().iter().flat_map(verbs::beside_form));
    routes.into_iter().map(path::exact).collect()
}

#[cfg(test)]
mod tests {
    use service_settings::{DAILY_USAGE_PATH, HEALTH_PATH, METRICS_PATH, READINESS_PATH, USER_VISITS_PATH};

    use super::*;

    fn paths() -> Vec<String> {
        let mut paths: Vec<String> = endpoints().iter().map(|route| route.uri.to_string()).collect();
        paths.sort();
        paths
    }

    #[test]
    fn the_manifests_know_paths_that_are_answered() {
        for path in [DAILY_USAGE_PATH, USER_VISITS_PATH, HEALTH_PATH, METRICS_PATH, READINESS_PATH] {
            assert!(paths().iter().any(|one| one == path), "{path}");
        }
    }

    #[test]
    fn every_path_is_in_the_openapi_document() {
        let document: serde_json::Value = serde_json::from_str(openapi::text()).unwrap();
        let documented: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
        assert_eq!(paths().iter().collect::<Vec<_>>(), documented);
    }
}
