//! What the service reads and what the environments supply are held against each other.

use infragen::lint::{self, Options};
use infragen::prelude::*;
use infragen::settings::Settings;

fn database(environment: &mut Environment) -> PostgresHandle {
    let secret = environment.external(External::secret(name!("database")).keys([key!("password")])).secret();
    environment.database(
        Postgres::in_cluster(name!("database")).user("coworking").password(secret.key(key!("password"))),
    )
}

/// What the linter says of an environment that runs the service with these variables.
fn findings(app: impl FnOnce(App, &PostgresHandle) -> App) -> Vec<(&'static str, String)> {
    let cluster = Cluster::any(name!("test")).kubernetes(kubernetes!("1.34"));
    let mut environment = Environment::new(name!("test"), cluster);
    let database = database(&mut environment);
    let bare = App::new(name!("coworking"))
        .image(image!("coworking-analytics:1.0.0"))
        .port(port_name!("http"), port!(service_settings::DEFAULT_PORT))
        .probes(Probes::new().ready(Probe::http(path!("/ready"))))
        .reads(service_settings::Settings::schema());
    environment.app(app(bare, &database));
    let bundle = infragen::render::render(&environment, &Settings::default());
    assert!(bundle.diagnostics.is_empty());
    let report = lint::lint(&bundle, &Options::default());
    report.open().map(|found| (found.rule, found.message.clone())).collect()
}

fn complete(app: App, database: &PostgresHandle) -> App {
    app.variable(variable!("AUTH_MODE"), "none")
        .variable(variable!("DB_HOST"), database.host())
        .variable(variable!("DB_USERNAME"), database.user())
        .variable(variable!("DB_PASSWORD"), database.password())
}

#[test]
fn what_the_service_needs_is_enough() {
    assert_eq!(findings(complete), []);
}

#[test]
fn a_required_variable_that_nobody_supplies_is_told() {
    let found = findings(|app, database| app.variable(variable!("DB_USERNAME"), database.user()));
    for name in ["AUTH_MODE", "DB_PASSWORD"] {
        let told = |(rule, message): &(_, String)| *rule == "variable-not-supplied" && message.contains(name);
        assert!(found.iter().any(told), "{name}: {found:?}");
    }
}

#[test]
fn a_variable_that_nobody_reads_is_told() {
    let found = findings(|app, database| complete(app, database).variable(variable!("DB_HOSTNAME"), "there"));
    let (rule, message) = found.first().unwrap();
    assert_eq!(*rule, "variable-not-read");
    assert!(message.contains("DB_HOSTNAME"), "{message}");
}

#[test]
fn a_password_in_a_config_map_is_told() {
    let found = findings(|app, database| {
        app.variable(variable!("AUTH_MODE"), "none")
            .variable(variable!("DB_HOST"), database.host())
            .variable(variable!("DB_USERNAME"), database.user())
            .variable(variable!("DB_PASSWORD"), "hunter2")
    });
    let (rule, message) = found.first().unwrap();
    assert_eq!(*rule, "secret-in-config-map");
    assert!(!message.contains("hunter2"), "a secret is never repeated");
}

#[test]
fn every_environment_is_clean() {
    for environment in environments::ALL {
        let bundle = infragen::render::render(&environment(), &Settings::default());
        let report = lint::lint(&bundle, &Options::default());
        assert_eq!(report.open().count(), 0, "{}", infragen::report::human(&report, false));
    }
}

#[test]
fn probes_and_ports_are_the_services_own() {
    for environment in environments::ALL {
        let bundle = infragen::render::render(&environment(), &Settings::default());
        let deployments =
            bundle.objects().filter(|(_, object)| object.text_at(&["kind"]) == Some("Deployment"));
        for (_, deployment) in deployments {
            let container = &deployment.at(&["spec", "template", "spec", "containers"]).unwrap().items()[0];
            let path = |probe: &str| container.text_at(&[probe, "httpGet", "path"]);
            assert_eq!(path("livenessProbe"), Some(service_settings::HEALTH_PATH));
            assert_eq!(path("readinessProbe"), Some(service_settings::READINESS_PATH));
            let port = container.get("ports").unwrap().items()[0].get("containerPort").unwrap().as_i64();
            assert_eq!(port, Some(service_settings::DEFAULT_PORT.into()));
        }
    }
}

#[test]
fn the_kill_waits_for_the_services_own_stop() {
    let stop = i64::from(service_settings::Settings::default().stop_seconds());
    for environment in environments::ALL {
        let bundle = infragen::render::render(&environment(), &Settings::default());
        for (_, object) in
            bundle.objects().filter(|(_, object)| object.text_at(&["kind"]) == Some("Deployment"))
        {
            let pod = object.at(&["spec", "template", "spec"]).unwrap();
            let grace = pod.get("terminationGracePeriodSeconds").unwrap().as_i64().unwrap();
            let container = &pod.get("containers").unwrap().items()[0];
            let sleep = container.at(&["lifecycle", "preStop", "sleep", "seconds"]);
            let sleep = sleep.and_then(infragen::node::Node::as_i64).unwrap_or(0);
            assert!(grace > sleep + stop, "{grace} s is too short for {sleep} + {stop}");
        }
    }
}
