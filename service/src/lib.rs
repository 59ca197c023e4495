//! Coworking analytics: reports over visits, by HTTP.
//!
//! A request goes from `front` through `routes` (HTTP) to `store` (the databases), and comes back as a value of
//! `reports`, as the `dashboard` shows it or as it is; all of it on one of the `lanes`. `access` says who may ask,
//! `lifecycle` starts and stops, `observe` tells what happens.

pub mod access;
pub mod commands;
pub mod console;
pub mod dashboard;
pub mod error;
pub mod front;
pub mod healthcheck;
pub mod lanes;
pub mod lifecycle;
pub mod load;
pub mod observe;
pub mod reports;
pub mod routes;
pub mod store;

use std::sync::Arc;

use rocket::{Build, Rocket};
use service_settings::{Settings, SettingsError};

use crate::access::Gate;
use crate::front::Traffic;
use crate::store::SharedStore;

/// The service, ready for [`front::Front`]: its stages, in the order in which they see a request.
pub fn rocket(settings: &Settings, store: SharedStore) -> Result<Rocket<Build>, SettingsError> {
    Ok(rocket::custom(lifecycle::rocket_config())
        .manage(store::timed(store))
        .manage(Gate::new(settings)?)
        .manage(Arc::<Traffic>::default())
        .manage(observe::Metrics::new())
        .attach(routes::verbs::PlainPost)
        .attach(observe::Requests)
        .attach(observe::Figures::every(settings.figures_seconds))
        .attach(lifecycle::Lifecycle::new(settings.drain_seconds))
        .mount("/", routes::all())
        .register("/", routes::catchers::all()))
}
