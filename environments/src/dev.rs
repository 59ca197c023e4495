//! Development: everything in one cluster, a local one too, with a database of its own.

use infragen::prelude::*;

use crate::{aws, coworking, pipeline};

/// Development.
#[must_use]
pub fn dev() -> Environment {
    let cluster = Cluster::any(name!("coworking-dev")).kubernetes(kubernetes!("1.34")).machines(
        name!("local"),
        cpu!("2"),
        memory!("4Gi"),
        1..=1,
    );
    let mut dev = Environment::new(name!("dev"), cluster)
        .account(aws::account())
        .namespace(name!("coworking-dev"))
        .part_of(label_value!("coworking"))
        .owner(label_value!("analytics"))
        .cost_center(label_value!("coworking"));

    // Made once for each cluster: `infragen secret dev coworking-database password | kubectl apply -f -`.
    let secret =
        dev.external(External::secret(name!("coworking-database")).keys([key!("password")])).secret();
    let database = dev.database(
        Postgres::in_cluster(name!("coworking-database"))
            .user("coworking")
            .database("coworking")
            .password(secret.key(key!("password")))
            // The cluster's default class makes the PersistentVolume, on any cluster; a folder of a node, as in one of
            // the documents, would have to be prepared for the database's user first.
            .storage(memory!("2Gi"), Storage::DefaultClass)
            .requests(cpu!("100m"), memory!("256Mi"))
            .limits(cpu!("500m"), memory!("512Mi"))
            .max_connections(50)
            .backup(Backup::at(cron!("30 3 * * *")).keep(3).storage(memory!("2Gi"), Storage::DefaultClass)),
    );

    let app = coworking::plain_app(&database)
        .variable(variable!("LOG_LEVEL"), "debug")
        // Old clients know no tokens, and the visits are nobody's.
        .variable(variable!("AUTH_MODE"), "none")
        .requests(cpu!("100m"), memory!("128Mi"))
        .limits(cpu!("200m"), memory!("256Mi"))
        .replicas(1)
        .expose(coworking::load_balancer());
    dev.job(coworking::migration(&app));
    dev.app(app);
    dev.pipeline(pipeline::deployment());
    dev
}
