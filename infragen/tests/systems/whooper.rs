//! Whooper: a dashboard that reads Pods, namespaces and events of the whole cluster.

use infragen::prelude::*;

/// Production.
pub(crate) fn prod() -> Environment {
    let cluster = Cluster::any(name!("whooper")).kubernetes(kubernetes!("1.33")).machines(
        name!("nodes"),
        cpu!("4"),
        memory!("16Gi"),
        3..=6,
    );
    let mut prod =
        Environment::new(name!("prod"), cluster).namespace(name!("whooper")).owner(label_value!("platform"));
    let secrets = prod
        .external(External::secret(name!("whooper-backend-secrets")).keys([key!("GEMINI_API_KEY")]))
        .secret();

    let backend = prod.app(
        App::new(name!("whooper-backend"))
            .image(image!("ghcr.io/example/whooper-backend:1.0.0"))
            .port(port_name!("http"), port!(5001))
            .variable(variable!("PORT"), port!(5001))
            .variable(variable!("K8S_NAMESPACE"), Downward::Namespace)
            .variable(variable!("EMAIL_APP_URL"), "https://mail.example.com")
            .variable(variable!("GEMINI_API_KEY"), secrets.key(key!("GEMINI_API_KEY")))
            .uses(&KubernetesApi)
            .uses(&Remote::new(host!("generativelanguage.googleapis.com"), port!(443)))
            .uses(&Remote::new(host!("mail.example.com"), port!(443)))
            .service_account(ServiceAccount::new().may_anywhere(Access::core([
                "pods",
                "namespaces",
                "events",
            ])))
            .user(1000)
            .probes(
                Probes::new()
                    .live(Probe::http(path!("/api/health")).every(seconds!(30)))
                    .ready(Probe::http(path!("/api/health")).every(seconds!(10)).failures(2)),
            )
            .requests(cpu!("200m"), memory!("256Mi"))
            .limits(cpu!("500m"), memory!("512Mi"))
            .autoscale(Autoscaling::between(2..=10).cpu(percent!(70)).memory(percent!(80))),
    );
    let frontend = prod.app(
        App::new(name!("whooper-frontend"))
            .image(image!("ghcr.io/example/whooper-frontend:1.0.0"))
            // nginx as nobody cannot listen on port 80.
            .port(port_name!("http"), port!(8080))
            .user(101)
            .volume(Volume::scratch(name!("cache"), memory!("64Mi")).at(mount!("/var/cache/nginx")))
            .volume(Volume::scratch(name!("run"), memory!("16Mi")).at(mount!("/var/run")))
            .volume(
                Volume::files(
                    name!("site"),
                    [(key!("default.conf"), "server {\n  listen 8080;\n  root /usr/share/nginx/html;\n}\n")],
                )
                .at(mount!("/etc/nginx/conf.d")),
            )
            .probes(
                Probes::new()
                    .live(Probe::tcp().every(seconds!(20)))
                    .ready(Probe::http(path!("/health")).every(seconds!(10))),
            )
            .requests(cpu!("100m"), memory!("128Mi"))
            .limits(cpu!("300m"), memory!("256Mi"))
            .autoscale(Autoscaling::between(2..=5).cpu(percent!(70))),
    );
    prod.ingress(
        name!("whooper"),
        Ingress::nginx()
            .host(host!("whooper.example.com"))
            .tls(Certificate::ClusterIssuer(name!("letsencrypt-prod")))
            .route(path!("/api"), &backend)
            .route(path!("/"), &frontend),
    );
    prod
}
