//! What is the same in every environment: the service, its probes, and what it reads.

use std::sync::LazyLock;

use infragen::prelude::*;
use infragen::spec::quantity::{Percent, SemanticVersion};
use service_settings::{DEFAULT_PORT, HEALTH_PATH, READINESS_PATH, Settings};

use crate::aws;

/// The release that runs where the run does not say another: `--set version=…`, or a digest.
#[must_use]
pub const fn version() -> SemanticVersion {
    version!("1.0.0")
}

/// Connections that each Pod opens at most. The environment checks that all Pods together fit the server.
const CONNECTIONS: u32 = 5;

/// RDS' certificate authorities, where the image keeps them.
const RDS_AUTHORITIES: &str = "/etc/ssl/rds.pem";

/// What the service reads. Its schema is made once, for whichever environments are asked for.
static CONTRACT: LazyLock<Contract> = LazyLock::new(|| Settings::schema().into());

/// The service, reading from a database that is reached by TLS, for those whose tokens are signed with `secret`: another
/// service signs people in, and shares it. One subject may ask as often as the documents say, of each replica.
#[must_use]
#[track_caller]
pub fn app(database: &PostgresHandle, secret: SecretKey) -> App {
    plain_app(database)
        .variable(variable!("AUTH_MODE"), "jwt")
        .variable(variable!("DB_SSLROOTCERT"), RDS_AUTHORITIES)
        .variable(variable!("RATE_LIMIT_PER_MINUTE"), 100)
        .variable(variable!("RATE_LIMIT_PER_HOUR"), 5000)
        .variable(variable!("SHARED_JWT_SECRET"), secret)
}

/// The service, reading from a database in the cluster, where nobody else is on the network between them.
#[must_use]
#[track_caller]
pub fn plain_app(database: &PostgresHandle) -> App {
    App::new(name!("coworking"))
        .image(Image::released(&aws::repository(), version()))
        .port(port_name!("http"), port!(DEFAULT_PORT))
        .reads(CONTRACT.clone())
        .variable(variable!("APP_PORT"), port!(DEFAULT_PORT))
        .variable(variable!("DB_HOST"), database.host())
        .variable(variable!("DB_PORT"), database.port())
        .variable(variable!("DB_USERNAME"), database.user())
        .variable(variable!("DB_NAME"), database.name())
        .variable(variable!("DB_SSLMODE"), database.ssl_mode())
        .variable(variable!("DB_POOL_SIZE"), database.connections(CONNECTIONS))
        .variable(variable!("DB_PASSWORD"), database.password())
        .variable(variable!("MIGRATE_ON_START"), false)
        .probes(probes())
}

/// The documents agree on the paths and on 2 s; one of them waits 5 s before the first question, for which a start-up
/// probe stands here: it asks at once, and a slow start is not killed.
fn probes() -> Probes {
    Probes::new()
        .start(Probe::http(path!(HEALTH_PATH)).every(seconds!(1)).failures(60))
        .live(Probe::http(path!(HEALTH_PATH)).every(seconds!(10)).timeout(seconds!(2)))
        .ready(Probe::http(path!(READINESS_PATH)).every(seconds!(5)).timeout(seconds!(2)))
}

/// Brings the tables up to date, once for each release: the service itself needs no more than to read them.
#[must_use]
#[track_caller]
pub fn migration(app: &App) -> Job {
    Job::like(name!("coworking-migrate"), app)
        .arguments(["migrate"])
        .requests(cpu!("50m"), memory!("64Mi"))
        .deadline(seconds!(600))
}

/// Between so many replicas and so many. The documents want CPU and memory watched; the service's memory does not
/// follow its load, so that a memory target would never scale down again: CPU alone decides.
#[must_use]
pub fn autoscaling(replicas: std::ops::RangeInclusive<u32>, cpu: Percent) -> Autoscaling {
    Autoscaling::between(replicas)
        .cpu(cpu)
        .up(Behavior::looking_back(seconds!(0)).pods(4, seconds!(15)).percent(100, seconds!(15)))
        .down(Behavior::looking_back(seconds!(300)).percent(25, seconds!(60)))
}

/// Behind a network load balancer with the Pods' own addresses, which takes up to two minutes to forget one.
#[must_use]
pub fn drain_behind_load_balancer() -> Drain {
    Drain::new().sleep(seconds!(120)).finish(seconds!(20))
}

/// Reports hold personal data, so the load balancer is internal, although one document shows it to the internet.
/// The port is the documents' own: clients know it.
#[must_use]
pub const fn load_balancer() -> LoadBalancer {
    LoadBalancer::internal().port(port!(DEFAULT_PORT))
}
