//! Shadower analytics: an API, a front end and Celery workers, on RDS and ElastiCache, behind nginx.

use infragen::prelude::*;
use infragen::spec::quantity::Repository;

const fn registry(name: Repository) -> ImageRepository {
    Registry::ecr(account!("111122223333"), region!("us-west-2")).repository(name)
}

/// Production.
pub(crate) fn prod() -> Environment {
    let cluster = Cluster::eks(name!("shadower-analytics"), region!("us-west-2"))
        .kubernetes(kubernetes!("1.34"))
        .network(cidr!("10.20.0.0/16"))
        .nodes(name!("general"), instance!("t3.large"), 3..=8);
    let mut prod = Environment::new(name!("prod"), cluster)
        .account(account!("111122223333"))
        .namespace(name!("analytics"))
        .owner(label_value!("shadower"));

    let secrets = prod.secret(
        ExternalSecret::new(name!("analytics-secrets"))
            .property(key!("db-password"), "shadower/prod/analytics", "db_password")
            .property(key!("jwt-secret"), "shadower/prod/analytics", "jwt_secret")
            .property(key!("sendgrid-api-key"), "shadower/prod/analytics", "sendgrid_api_key"),
    );
    let database = prod.database(
        Postgres::at(host!("shadower-analytics.example.us-west-2.rds.amazonaws.com"))
            .user("analytics_user")
            .database("analytics")
            .password(secrets.key(key!("db-password")))
            .max_connections(200),
    );
    let cache = prod.cache(Redis::at(host!("shadower-analytics-cache.example.use1.cache.amazonaws.com")));
    let sendgrid = Remote::new(host!("api.sendgrid.com"), port!(443));

    let backend_image = Image::released(&registry(repository!("analytics-backend")), version!("1.0.0"));
    let backend = prod.app(
        App::new(name!("backend"))
            .image(backend_image.clone())
            .port(port_name!("http"), port!(8000))
            .variable(variable!("DB_HOST"), database.host())
            .variable(variable!("DB_PORT"), database.port())
            .variable(variable!("DB_NAME"), database.name())
            .variable(variable!("DB_USER"), database.user())
            .variable(variable!("DB_POOL_SIZE"), database.connections(10))
            .variable(variable!("DB_PASSWORD"), database.password())
            .variable(variable!("REDIS_URL"), cache.url())
            .variable(variable!("JWT_SECRET"), secrets.key(key!("jwt-secret")))
            .variable(variable!("SENDGRID_API_KEY"), secrets.key(key!("sendgrid-api-key")))
            .variable(variable!("RATE_LIMIT_PER_MINUTE"), 100)
            .variable(variable!("ENABLE_REALTIME_UPDATES"), true)
            .variable(variable!("POD_NAME"), Downward::PodName)
            .uses(&sendgrid)
            .user(1000)
            .volume(Volume::scratch(name!("tmp"), memory!("256Mi")).at(mount!("/tmp")))
            .probes(
                Probes::new()
                    .start(Probe::http(path!("/health")).every(seconds!(2)).failures(60))
                    .live(Probe::http(path!("/health")).every(seconds!(30)))
                    .ready(Probe::http(path!("/health/ready")).every(seconds!(10))),
            )
            .requests(cpu!("250m"), memory!("256Mi"))
            .limits(cpu!("500m"), memory!("512Mi"))
            .autoscale(Autoscaling::between(2..=10).cpu(percent!(70)).memory(percent!(80)))
            .called_by(Caller::namespace(name!("monitoring")), port!(8000)),
    );
    let frontend = prod.app(
        App::new(name!("frontend"))
            .image(Image::released(&registry(repository!("analytics-frontend")), version!("1.0.0")))
            .port(port_name!("http"), port!(3000))
            .variable(variable!("NEXT_PUBLIC_API_URL"), backend.url())
            .user(1001)
            .probes(
                Probes::new()
                    .live(Probe::tcp().every(seconds!(20)))
                    .ready(Probe::http(path!("/")).every(seconds!(10))),
            )
            .requests(cpu!("100m"), memory!("128Mi"))
            .limits(cpu!("300m"), memory!("256Mi")),
    );
    prod.worker(
        Worker::new(name!("celery-worker"))
            .image(backend_image.clone())
            .command(["celery", "-A", "tasks", "worker", "-l", "info"])
            .variable(variable!("DB_HOST"), database.host())
            .variable(variable!("DB_PASSWORD"), database.password())
            .variable(variable!("REDIS_URL"), cache.url())
            .user(1000)
            .requests(cpu!("250m"), memory!("512Mi"))
            .limits(cpu!("500m"), memory!("1Gi"))
            .replicas(2),
    );
    // Celery's clock: a second one would start every task twice.
    prod.singleton(
        Singleton::new(name!("celery-beat"))
            .image(backend_image)
            .command(["celery", "-A", "tasks", "beat", "-l", "info"])
            .variable(variable!("REDIS_URL"), cache.url())
            .user(1000)
            .requests(cpu!("50m"), memory!("128Mi"))
            .limits(cpu!("200m"), memory!("256Mi")),
    );
    prod.ingress(
        name!("analytics"),
        Ingress::nginx()
            .host(host!("analytics.shadower.ai"))
            .tls(Certificate::ClusterIssuer(name!("letsencrypt-prod")))
            .route(path!("/api"), &backend)
            .route(path!("/ws"), &backend)
            .route(path!("/"), &frontend)
            .annotation(label_key!("nginx.ingress.kubernetes.io/proxy-body-size"), "10m")
            .annotation(label_key!("nginx.ingress.kubernetes.io/limit-rpm"), "100"),
    );
    prod
}
