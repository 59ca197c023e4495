//! Every word of the vocabulary that renders something, in one environment: no team's, and no sense in it but that.

use infragen::prelude::*;

/// Everything at once.
pub(crate) fn everything() -> Environment {
    let cluster = Cluster::eks(name!("everything"), region!("eu-central-1"))
        .kubernetes(kubernetes!("1.34"))
        .network(cidr!("10.0.0.0/16"))
        .nodes(name!("large"), instance!("m6i.xlarge"), 3..=9);
    let mut all = Environment::new(name!("all"), cluster)
        .account(account!("111122223333"))
        .namespace(name!("everything"))
        .label(label_key!("example.com/team"), label_value!("everyone"));
    let urgent = all.priority(name!("everything-urgent"), 1000, "What cannot wait.");
    let secret = all.secret(
        ExternalSecret::new(name!("passwords")).key(key!("password"), "everything/password").property(
            key!("token"),
            "everything/tokens",
            "token",
        ),
    );
    let shared = all.external(External::config_map(name!("company")).keys([key!("region")]));
    let database = all.database(
        Postgres::in_cluster(name!("database"))
            .user("everything")
            .password(secret.key(key!("password")))
            .storage(
                memory!("20Gi"),
                Storage::Static(StaticVolume::Ebs {
                    id: "vol-0123456789abcdef0".to_owned(),
                    zone: "eu-central-1a".to_owned(),
                }),
            )
            .backup(Backup::at(cron!("15 2 * * *")).storage(memory!("20Gi"), Storage::Class(name!("gp3")))),
    );
    let cache =
        all.cache(Redis::in_cluster(name!("cache")).storage(memory!("1Gi"), Storage::Class(name!("gp3"))));
    let app =
        App::new(name!("app"))
            .image(Image::released(
                &Registry::ecr(account!("111122223333"), region!("eu-central-1"))
                    .repository(repository!("everything")),
                version!("2.3.4"),
            ))
            .arguments(["serve"])
            .port(port_name!("http"), port!(8080))
            .port(port_name!("metrics"), port!(9090))
            .variable(variable!("DATABASE_HOST"), database.host())
            .variable(variable!("DATABASE_PASSWORD"), database.password())
            .variable(variable!("CACHE_URL"), cache.url())
            .variable(variable!("ODD"), "0755")
            .variable(variable!("TOKEN"), secret.key(key!("token")))
            .variable(variable!("COMPANY_REGION"), shared.config(key!("region")))
            .variable(variable!("MEMORY_LIMIT"), Downward::MemoryLimit)
            .variable(variable!("NODE"), Downward::NodeName)
            .probes(
                Probes::new()
                    .start(Probe::grpc().on(port_name!("http")).failures(30))
                    .live(Probe::tcp().on(port_name!("metrics")))
                    .ready(Probe::http(path!("/ready")).on(port_name!("http")).after(seconds!(1))),
            )
            .requests(cpu!("500m"), memory!("512Mi"))
            .memory_limit(memory!("768Mi"))
            .autoscale(
                Autoscaling::between(3..=6)
                    .cpu(percent!(60))
                    .memory(percent!(80))
                    .container_cpu(name!("app"), percent!(90))
                    .pods_metric("requests_per_second", "100")
                    .external_metric("queue_length", "30")
                    .down(Behavior::looking_back(seconds!(600)).pods(1, seconds!(120))),
            )
            .rollout(Rollout::new().surge(percent!(25)).unavailable(0).min_ready(seconds!(10)))
            .disruption(percent!(25))
            .drain(Drain::new().sleep(seconds!(30)).finish(seconds!(30)))
            .spread(Spread::ZonesRequired)
            .priority(&urgent)
            .volume(Volume::memory(name!("scratch"), memory!("64Mi")).at(mount!("/scratch")))
            .volume(Volume::secret(name!("passwords"), &secret).at(mount!("/passwords")))
            .volume(Volume::files(name!("files"), [(key!("a.txt"), "on\n")]).at(mount!("/files")))
            .service_account(
                ServiceAccount::new()
                    .irsa(role_arn!("arn:aws:iam::111122223333:role/everything"))
                    .may(Access::core(["configmaps"]).named(["company", "quiet"]).verbs([Verb::Get]))
                    .may_anywhere(Access::group("apps", ["deployments"])),
            )
            .uses(&KubernetesApi)
            .annotation(label_key!("example.com/why"), "because: yes")
            .called_by(
                Caller::namespace(name!("monitoring")).labelled(label_key!("app"), label_value!("scraper")),
                port!(9090),
            )
            .expose(LoadBalancer::public().port(port!(443)).from([cidr!("203.0.113.0/24")]))
            .expose(Ingress::alb().host(host!("everything.example.com")).path(path!("/")).tls(
                Certificate::Acm("arn:aws:acm:eu-central-1:111122223333:certificate/example".to_owned()),
            ));
    all.job(Job::like(name!("migrate"), &app).arguments(["migrate"]).retries(1).keep(seconds!(3600)));
    let app = all.app(app);
    all.worker(
        Worker::new(name!("worker"))
            .image(image!("registry.example.com/worker:1.0.0"))
            .uses(&app)
            .variable(variable!("APP_URL"), app.url())
            .writable_root("it unpacks its plugins beside itself")
            .autoscale(Autoscaling::between(1..=3)),
    );
    all.cron_job(
        CronJob::new(name!("report"), cron!("0 6 * * MON"))
            .image(image!("registry.example.com/report:1.0.0"))
            .time_zone("Europe/Berlin")
            .concurrency(Concurrency::Replace)
            .start_within(seconds!(300))
            .deadline(seconds!(900))
            .uses(&database)
            .volume(
                Volume::claim(name!("archive"), memory!("5Gi"), Storage::DefaultClass).at(mount!("/archive")),
            ),
    );
    all.extra(
        ExtraManifest::new(
            "quiet.yaml.tera",
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: quiet\n  namespace: {{ namespace }}\ndata:\n  hours: \"{{ hours }}\"\n",
        )
        .value("hours", "22:00-06:00"),
    );
    all
}
