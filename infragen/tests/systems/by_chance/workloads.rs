//! What runs: apps, workers, singletons, jobs and cron jobs, with what all of them may say.

use infragen::prelude::*;
use infragen::spec::quantity::{Cpu, DnsLabel, ImageRef, Memory, Port, PortName, Seconds, SemanticVersion};

use super::choices::{Choices, quantity};
use super::surroundings::{Surroundings, schedule, storage};

/// What any workload may say.
pub(crate) fn dressed<K>(
    mut workload: Workload<K>,
    around: &Surroundings,
    choices: &mut Choices<'_>,
) -> Workload<K> {
    workload = workload.image(image(choices));
    if choices.maybe() {
        let (cpu, memory) = (choices.number(10, 2000), choices.number(32, 2048));
        workload = workload
            .requests(quantity::<Cpu>(&format!("{cpu}m")), quantity::<Memory>(&format!("{memory}Mi")));
        workload = match choices.maybe() {
            true => workload.limits(choices.cpu(cpu, cpu * 2), choices.memory(memory, memory * 2)),
            false => workload.memory_limit(choices.memory(memory, memory * 2)),
        };
    }
    if choices.maybe() {
        workload = workload.command(["/bin/program", "--flag"]);
    }
    if choices.maybe() {
        workload = workload.arguments([choices.words(), "serve".to_owned()]);
    }
    if choices.maybe() {
        workload = workload.user(choices.number(1, 65_535));
    }
    if choices.maybe() {
        let time = choices.number(1, 60);
        let drain = Drain::new().sleep(seconds(time)).finish(choices.seconds(1, 300));
        workload = workload.drain(drain);
    }
    if choices.maybe() {
        let spreads = [Spread::Preferred, Spread::ZonesRequired, Spread::NodesRequired, Spread::Anywhere];
        workload = workload.spread(choices.one(&spreads));
    }
    if choices.maybe() {
        workload = workload.annotation(label_key!("example.com/why"), choices.words());
    }
    if choices.maybe() {
        workload = workload.writable_root("it unpacks itself");
    }
    if let Some(priority) = around.priorities.first()
        && choices.maybe()
    {
        workload = workload.priority(priority);
    }
    if choices.maybe() {
        workload = workload.uses(&Remote::new(host!("api.example.com"), port!(443)));
    }
    if choices.maybe() {
        workload = workload.service_account(account(choices)).uses(&KubernetesApi);
    }
    volumes(variables(workload, around, choices), around, choices)
}

fn seconds(number: u32) -> Seconds {
    Seconds::from_number(number).unwrap()
}

fn image(choices: &mut Choices<'_>) -> Image {
    if choices.maybe() {
        let registry = Registry::ecr(account!("111122223333"), region!("eu-central-1"));
        let version = choices.text::<SemanticVersion>(&["1.0.0", "1.2.3-rc.1", "0.1.0+build.7"]);
        return Image::released(&registry.repository(repository!("team/things")), version);
    }
    let digest = format!("busybox@sha256:{:064x}", choices.number(1, u32::MAX - 1));
    let known = ["registry.example.com/a/b:1.0.0", "busybox:1.37.0", "localhost:5000/x:_1.-", &digest];
    choices.text::<ImageRef>(&known).into()
}

fn account(choices: &mut Choices<'_>) -> ServiceAccount {
    let mut account = ServiceAccount::new();
    if choices.maybe() {
        account = account.irsa(role_arn!("arn:aws:iam::111122223333:role/things"));
    }
    if choices.maybe() {
        let verbs = [Verb::Get, Verb::List, Verb::Watch];
        let verbs = choices.some(&verbs);
        let access = Access::core(["configmaps", "services"]);
        account = account.may(if verbs.is_empty() { access } else { access.verbs(verbs) });
    }
    account.may_anywhere(Access::group("apps", ["deployments"]))
}

fn variables<K>(mut workload: Workload<K>, around: &Surroundings, choices: &mut Choices<'_>) -> Workload<K> {
    for number in 0..choices.number(0, 3) {
        workload = workload.variable(format!("PLAIN_{number}"), choices.words());
    }
    if choices.maybe() {
        workload = workload.variable(variable!("_n"), choices.number(0, 9)).variable(variable!("on"), true);
    }
    for (number, (secret, key)) in choices.some(&around.secrets).into_iter().enumerate() {
        workload = workload.variable(format!("SECRET_{number}"), secret.key(key));
    }
    for (config, key) in choices.some(&around.configs) {
        workload = workload.variable(variable!("SHARED"), config.config(key));
    }
    for (number, database) in choices.some(&around.databases).into_iter().enumerate() {
        workload = workload
            .variable(format!("DB_{number}_HOST"), database.host())
            .variable(format!("DB_{number}_PORT"), database.port());
    }
    for cache in choices.some(&around.caches) {
        workload = workload.variable(variable!("CACHE"), cache.url());
    }
    let downward = [
        Downward::PodName,
        Downward::Namespace,
        Downward::PodIp,
        Downward::NodeName,
        Downward::ServiceAccount,
        Downward::CpuLimit,
        Downward::MemoryLimit,
    ];
    for (number, value) in choices.some(&downward).into_iter().enumerate() {
        workload = workload.variable(format!("POD_{number}"), value);
    }
    workload
}

fn volumes<K>(mut workload: Workload<K>, around: &Surroundings, choices: &mut Choices<'_>) -> Workload<K> {
    if choices.maybe() {
        let size = choices.memory(1, 512);
        workload = workload.volume(Volume::scratch(name!("scratch"), size).at(mount!("/tmp")));
    }
    if choices.maybe() {
        workload =
            workload.volume(Volume::memory(name!("memory"), choices.memory(1, 8)).at(mount!("/run/m")));
    }
    if let Some((secret, _)) = around.secrets.first()
        && choices.maybe()
    {
        workload = workload.volume(Volume::secret(name!("secret"), secret).at(mount!("/secret")));
    }
    if choices.maybe() {
        let files = [(key!("a.txt"), choices.words()), (key!("on"), choices.words())];
        workload = workload.volume(Volume::files(name!("files"), files).at(mount!("/files")));
    }
    workload
}

/// Ports with names of their own, one at least.
fn ports(choices: &mut Choices<'_>) -> Vec<(PortName, Port)> {
    let names = ["http", "metrics", "grpc", "on"];
    let first = choices.number(1024, 60_000);
    let count = choices.number(1, 4);
    names
        .iter()
        .zip(0..count)
        .map(|(name, number)| (quantity(name), Port::from_number(first + number).unwrap()))
        .collect()
}

fn probe(ports: &[(PortName, Port)], choices: &mut Choices<'_>) -> Probe {
    let probe = match choices.number(0, 3) {
        0 => Probe::http(choices.text(&["/", "/health", "/a%20b/c"])),
        1 => Probe::tcp(),
        2 => Probe::grpc(),
        _ => return Probe::exec(["/bin/program", "check"]).every(choices.seconds(5, 60)),
    };
    let probe = probe.on(choices.one(ports).0).failures(choices.number(1, 10));
    match choices.maybe() {
        true => {
            let timeout = choices.number(1, 10);
            probe.timeout(seconds(timeout)).every(choices.seconds(timeout, 60)).after(choices.seconds(1, 30))
        }
        false => probe,
    }
}

fn probes(ports: &[(PortName, Port)], choices: &mut Choices<'_>) -> Probes {
    let probes = Probes::new().ready(probe(ports, choices));
    let probes = if choices.maybe() { probes.live(probe(ports, choices)) } else { probes };
    if choices.maybe() { probes.start(probe(ports, choices)) } else { probes }
}

fn autoscaling(name: &DnsLabel, choices: &mut Choices<'_>) -> Autoscaling {
    let least = choices.number(1, 5);
    let mut autoscaling = Autoscaling::between(least..=choices.number(least + 1, 12));
    if choices.maybe() {
        autoscaling = autoscaling.cpu(choices.percent());
    }
    if choices.maybe() {
        autoscaling = autoscaling.memory(choices.percent());
    }
    if choices.maybe() {
        autoscaling = autoscaling.container_memory(name.clone(), choices.percent());
    }
    if choices.maybe() {
        let amount = choices.one(&["100", "250m", "1k"]);
        autoscaling = autoscaling.pods_metric("requests_per_second", amount);
    }
    if choices.maybe() {
        autoscaling = autoscaling.external_metric("queue_length", "30");
    }
    if choices.maybe() {
        autoscaling =
            autoscaling.down(Behavior::looking_back(choices.seconds(0, 3600)).pods(1, seconds!(60)));
    }
    if choices.maybe() {
        let up =
            Behavior::looking_back(choices.seconds(0, 3600)).percent(choices.number(1, 200), seconds!(15));
        autoscaling = autoscaling.up(up);
    }
    autoscaling
}

fn rollout(choices: &mut Choices<'_>) -> Rollout {
    let rollout = match choices.number(0, 2) {
        0 => Rollout::new(),
        1 => Rollout::new().surge(choices.number(1, 3)).unavailable(0),
        _ => Rollout::new().surge(choices.percent()).unavailable(choices.number(0, 1)),
    };
    if choices.maybe() {
        rollout.min_ready(choices.seconds(1, 60)).history(choices.number(1, 9))
    } else {
        rollout
    }
}

/// An app, with what lets it be called.
pub(crate) fn app(around: &Surroundings, choices: &mut Choices<'_>) -> App {
    let name = choices.name();
    let mut app = dressed(App::new(name.clone()), around, choices);
    let ports = ports(choices);
    for (name, port) in &ports {
        app = app.port(name, *port);
    }
    app = app.probes(probes(&ports, choices));
    app = match choices.number(0, 2) {
        0 => app,
        1 => app.replicas(choices.number(1, 6)),
        _ => app.autoscale(autoscaling(&name, choices)),
    };
    if choices.maybe() {
        app = app.rollout(rollout(choices));
    }
    if choices.maybe() {
        app = app.called_by(
            Caller::namespace(name!("monitoring")).labelled(label_key!("app"), label_value!("scraper")),
            choices.one(&ports).1,
        );
    }
    match choices.number(0, 4) {
        1 => app.expose(LoadBalancer::internal()),
        2 => app.expose(LoadBalancer::public().port(port!(443)).from([cidr!("203.0.113.0/24")])),
        3 => app.expose(ingress(choices).path(path!("/"))),
        4 => app.expose(ingress(choices).path(path!("/a")).tls(Certificate::Secret(name!("certificate")))),
        _ => app,
    }
}

fn ingress(choices: &mut Choices<'_>) -> Ingress {
    let host = quantity(&format!("{}.example.com", choices.name()));
    match choices.number(0, 3) {
        0 => Ingress::nginx(),
        1 => Ingress::alb(),
        2 => Ingress::internal_alb(),
        _ => Ingress::class(name!("traefik"), name!("traefik")),
    }
    .host(host)
}

/// A worker, a singleton, a job or a cron job.
pub(crate) fn add_background(
    environment: &mut Environment,
    around: &Surroundings,
    choices: &mut Choices<'_>,
) {
    let name = choices.name();
    match choices.number(0, 3) {
        0 => {
            let worker = dressed(Worker::new(name.clone()), around, choices);
            environment.worker(match choices.number(0, 2) {
                0 => worker,
                1 => worker.replicas(choices.number(1, 5)).rollout(rollout(choices)),
                _ => worker.autoscale(autoscaling(&name, choices)),
            });
        }
        1 => {
            let singleton = dressed(Singleton::new(name), around, choices);
            environment.singleton(claim(singleton, choices));
        }
        2 => {
            let job = dressed(Job::new(name), around, choices);
            environment.job(job.retries(choices.number(0, 9)).deadline(choices.seconds(1, 9999)));
        }
        _ => {
            // The names of its Jobs are longer by eleven letters, which is said where one is too long.
            let (name, schedule) = (choices.short_name(), schedule(choices));
            let cron_job = dressed(CronJob::new(name, schedule), around, choices);
            let concurrency = [Concurrency::Forbid, Concurrency::Allow, Concurrency::Replace];
            let cron_job = cron_job.concurrency(choices.one(&concurrency));
            let zone = choices.one(&["Etc/UTC", "Europe/Berlin", "America/Argentina/Ushuaia"]);
            let cron_job = cron_job.time_zone(zone).start_within(choices.seconds(10, 600));
            environment.cron_job(claim(cron_job, choices).keep(choices.seconds(0, 99_999)));
        }
    }
}

fn claim<K>(workload: Workload<K>, choices: &mut Choices<'_>) -> Workload<K> {
    if !choices.maybe() {
        return workload;
    }
    let volume = Volume::claim(name!("archive"), choices.memory(1024, 9999), storage(choices));
    workload.volume(volume.at(mount!("/archive")))
}
