//! Production: RDS outside the cluster, two to ten replicas behind an internal load balancer.

use infragen::prelude::*;

use crate::{aws, coworking, pipeline};

/// Production.
#[must_use]
pub fn prod() -> Environment {
    let cluster = Cluster::eks(name!("coworking"), aws::region())
        .kubernetes(kubernetes!("1.34"))
        .network(aws::network())
        // One document runs t3.small, another advises t3.medium for production.
        .nodes(name!("general"), instance!("t3.medium"), 3..=6);
    let mut prod = Environment::new(name!("prod"), cluster)
        .account(aws::account())
        .namespace(name!("coworking"))
        .part_of(label_value!("coworking"))
        .owner(label_value!("analytics"))
        .cost_center(label_value!("coworking"))
        .pod_security(PodSecurity::Restricted)
        .quota_headroom(percent!(20));

    let password = prod.secret(
        ExternalSecret::new(name!("coworking-database")).key(key!("password"), "coworking/prod/database"),
    );
    let tokens = prod
        .secret(ExternalSecret::new(name!("coworking-tokens")).key(key!("secret"), "coworking/prod/tokens"));
    let database = prod.database(
        Postgres::at(aws::prod_database())
            .user("coworking")
            .database("coworking")
            .password(password.key(key!("password")))
            .tls(Tls::VerifyFull)
            .max_connections(200),
    );
    let critical = prod.priority(name!("coworking-critical"), 100_000, "People wait for its answers.");

    let app = coworking::app(&database, tokens.key(key!("secret")))
        .requests(cpu!("250m"), memory!("256Mi"))
        .limits(cpu!("500m"), memory!("512Mi"))
        .autoscale(coworking::autoscaling(2..=10, percent!(70)))
        .drain(coworking::drain_behind_load_balancer())
        .priority(&critical)
        .expose(coworking::load_balancer());
    prod.job(coworking::migration(&app));
    prod.app(app);
    prod.pipeline(pipeline::production());
    prod
}
