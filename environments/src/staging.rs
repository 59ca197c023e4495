//! Staging: as production, and smaller. What goes wrong in production should have gone wrong here.

use infragen::prelude::*;

use crate::{aws, coworking, pipeline};

/// Staging.
#[must_use]
pub fn staging() -> Environment {
    let cluster = Cluster::eks(name!("coworking-staging"), aws::region())
        .kubernetes(kubernetes!("1.34"))
        .network(aws::network())
        .nodes(name!("general"), instance!("t3.small"), 2..=4);
    let mut staging = Environment::new(name!("staging"), cluster)
        .account(aws::account())
        .namespace(name!("coworking-staging"))
        .part_of(label_value!("coworking"))
        .owner(label_value!("analytics"))
        .cost_center(label_value!("coworking"));

    let password = staging.secret(
        ExternalSecret::new(name!("coworking-database")).key(key!("password"), "coworking/staging/database"),
    );
    let tokens = staging.secret(
        ExternalSecret::new(name!("coworking-tokens")).key(key!("secret"), "coworking/staging/tokens"),
    );
    let database = staging.database(
        Postgres::at(aws::staging_database())
            .user("coworking")
            .database("coworking")
            .password(password.key(key!("password")))
            .tls(Tls::VerifyFull)
            .max_connections(80),
    );

    let app = coworking::app(&database, tokens.key(key!("secret")))
        .requests(cpu!("100m"), memory!("128Mi"))
        .limits(cpu!("500m"), memory!("256Mi"))
        .autoscale(coworking::autoscaling(2..=4, percent!(70)))
        .drain(coworking::drain_behind_load_balancer())
        .expose(coworking::load_balancer());
    staging.job(coworking::migration(&app));
    staging.app(app);
    staging.pipeline(pipeline::deployment());
    staging
}
