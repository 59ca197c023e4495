//! Systems that hold everything between them.

use crate::prelude::*;
use crate::{
    account, cidr, cpu, cron, host, image, instance, key, label_key, label_value, memory, mount, name, path,
    percent, port, port_name, region, repository, role_arn, seconds, variable, version,
};

fn probes() -> Probes {
    Probes::new().live(Probe::http(path!("/health_check"))).ready(Probe::http(path!("/readiness_check")))
}

/// On EKS, with everything of AWS.
pub(super) fn eks() -> Environment {
    let cluster = Cluster::eks(name!("coworking"), region!("us-east-1"))
        .kubernetes(crate::kubernetes!("1.34"))
        .network(cidr!("10.0.0.0/16"))
        .nodes(name!("main"), instance!("t3.medium"), 2..=6);
    let mut prod = Environment::new(name!("prod"), cluster)
        .namespace(name!("analytics"))
        .account(account!("111122223333"))
        .owner(label_value!("analytics"))
        .cost_center(label_value!("cc-1234"));
    let secret = prod.secret(
        ExternalSecret::new(name!("coworking-database"))
            .property(key!("password"), "coworking/prod/database", "password")
            .key(key!("token"), "coworking/prod/token"),
    );
    let urgent = prod.priority(name!("analytics-urgent"), 1000, "Before all others.");
    let database = prod.database(
        Postgres::at(host!("coworking.c9akciq32.us-east-1.rds.amazonaws.com"))
            .max_connections(200)
            .user("coworking")
            .password(secret.key(key!("password"))),
    );
    let repository = Registry::ecr(account!("111122223333"), region!("us-east-1"))
        .repository(repository!("coworking-analytics"));
    prod.app(
        App::new(name!("coworking"))
            .image(Image::released(&repository, version!("1.0.0")))
            .port(port_name!("http"), port!(5153))
            .variable(variable!("GREETING"), "a-plain-value")
            .variable(variable!("DB_HOST"), database.host())
            .variable(variable!("DB_PASSWORD"), database.password())
            .variable(variable!("POD"), Downward::PodName)
            .requests(cpu!("250m"), memory!("256Mi"))
            .limits(cpu!("500m"), memory!("512Mi"))
            .probes(probes())
            .priority(&urgent)
            .service_account(
                ServiceAccount::new().irsa(role_arn!("arn:aws:iam::111122223333:role/coworking")),
            )
            .autoscale(Autoscaling::between(2..=10).cpu(percent!(70)))
            .expose(LoadBalancer::internal().port(port!(80)))
            .expose(Ingress::internal_alb().host(host!("analytics.example.com")).path(path!("/"))),
    );
    prod.worker(
        Worker::new(name!("importer")).image(image!("example/importer:1.2.0")).uses(&database).volume(
            Volume::claim(name!("inbox"), memory!("1Gi"), Storage::Class(name!("gp3"))).at(mount!("/inbox")),
        ),
    );
    prod
}

/// On a cluster of one's own, with everything in it.
pub(super) fn own() -> Environment {
    let cluster =
        Cluster::any(name!("kind-coworking")).machines(name!("all"), cpu!("4"), memory!("8Gi"), 1..=1);
    let mut dev = Environment::new(name!("dev"), cluster).namespace(name!("coworking-dev"));
    let secret = dev.external(External::secret(name!("database")).keys([key!("password")])).secret();
    dev.external(External::config_map(name!("shared")).keys([key!("level")]));
    dev.external(External::new(ExternalKind::StorageClass, name!("fast")));
    let storage = Storage::Static(StaticVolume::Local { path: mount!("/data"), node: "node-1".to_owned() });
    let database = dev.database(
        Postgres::in_cluster(name!("postgres"))
            .storage(memory!("1Gi"), storage)
            .password(secret.key(key!("password")))
            .backup(Backup::at(cron!("0 3 * * *"))),
    );
    let cache = dev.cache(Redis::in_cluster(name!("cache")));
    let coworking = dev.app(
        App::new(name!("coworking"))
            .image(image!("example/coworking:1.0.0"))
            .port(port_name!("http"), port!(5153))
            .probes(probes())
            .variable(variable!("GREETING"), "a-plain-value")
            .variable(variable!("DB_HOST"), database.host())
            .variable(variable!("DB_PASSWORD"), database.password())
            .variable(variable!("REDIS_URL"), cache.url())
            .replicas(2)
            .called_by(Caller::namespace(name!("monitoring")), port!(5153))
            .service_account(ServiceAccount::new().may(Access::core(["pods"])))
            .uses(&KubernetesApi),
    );
    let docs = dev.app(
        App::new(name!("docs"))
            .image(image!("example/docs:1.0.0"))
            .port(port_name!("http"), port!(8080))
            .autoscale(Autoscaling::between(1..=3).external_metric("queue_length", "30"))
            .uses(&Remote::new(host!("api.example.com"), port!(443)))
            .expose(LoadBalancer::public().port(port!(8080)))
            .expose(LoadBalancer::internal().port(port!(80))),
    );
    dev.ingress(
        name!("front"),
        Ingress::nginx()
            .host(host!("dev.example.com"))
            .tls(Certificate::ClusterIssuer(name!("letsencrypt")))
            .route(path!("/api"), &coworking)
            .route(path!("/"), &docs),
    );
    dev.job(
        Job::new(name!("migration"))
            .image(image!("example/coworking:1.0.0"))
            .uses(&database)
            .deadline(seconds!(120)),
    );
    dev
}

/// With one worker, and nothing else.
pub(super) fn bare() -> Environment {
    let mut bare = Environment::new(name!("bare"), Cluster::any(name!("bare"))).without_quota();
    bare.worker(Worker::new(name!("lonely")).image(image!("example/lonely:1.0.0")));
    bare
}

/// With names that mean something to shells and to Markdown.
pub(super) fn odd() -> Environment {
    let mut odd = Environment::new(name!("odd"), Cluster::eks(name!("odd"), region!("eu-central-1")))
        .label(label_key!("example.com/note"), label_value!("a_b.c"));
    let secret =
        odd.secret(ExternalSecret::new(name!("odd")).property(key!("password"), "team/a`b|c", "pass word"));
    let database = odd.database(
        Postgres::in_cluster(name!("end"))
            .user("it's me")
            .database("a b")
            .password(secret.key(key!("password"))),
    );
    odd.worker(Worker::new(name!("graph")).image(image!("example/odd:1.0.0")).uses(&database));
    odd
}
