//! What the cluster must hold before anything is applied, and how to see that it does.

use serde::Serialize;

use crate::spec::{
    Certificate, Environment, Exposure, IngressClass, Replicas, Runs, StaticVolume, Storage, Target,
    VolumeSource,
};

/// Something that must be there.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Need {
    what: String,
    why: String,
    /// A command that shows it.
    check: Option<String>,
}

/// All that the environment needs, each once.
pub(super) fn of(environment: &Environment) -> Vec<Need> {
    let mut needs = Needs { environment, all: Vec::new() };
    needs.network_policies();
    needs.autoscaling();
    needs.secrets();
    needs.exposure();
    needs.storage();
    needs.roles();
    needs.all
}

struct Needs<'a> {
    environment: &'a Environment,
    all: Vec<Need>,
}

impl Needs<'_> {
    fn add(&mut self, what: impl Into<String>, why: impl Into<String>, check: Option<String>) {
        let need = Need { what: what.into(), why: why.into(), check };
        if !self.all.contains(&need) {
            self.all.push(need);
        }
    }

    fn network_policies(&mut self) {
        let check = self.environment.cluster.region().map(|region| {
            format!(
                "aws eks describe-addon --cluster-name {} --addon-name vpc-cni --region {region} --query addon.configurationValues",
                self.environment.cluster.name()
            )
        });
        let what = if check.is_some() {
            "the VPC CNI with enableNetworkPolicy"
        } else {
            "a network that enforces NetworkPolicies"
        };
        self.add(what, "nothing is shut without it", check);
    }

    fn autoscaling(&mut self) {
        let api = |name: &str| Some(format!("kubectl get apiservice {name}"));
        for workload in &self.environment.contents.workloads {
            let Some(Replicas::Autoscaled(scaling)) = super::workloads::replicas(workload) else { continue };
            let pods = scaling.targets.iter().any(|target| matches!(target, Target::Pods(..)));
            let outside = scaling.targets.iter().any(|target| matches!(target, Target::External(..)));
            let others = scaling
                .targets
                .iter()
                .filter(|target| matches!(target, Target::Pods(..) | Target::External(..)));
            if scaling.targets.is_empty() || others.count() < scaling.targets.len() {
                self.add("metrics-server", "autoscaling, kubectl top", api("v1beta1.metrics.k8s.io"));
            }
            if pods {
                self.add(
                    "an adapter for metrics of Pods",
                    "autoscaling",
                    api("v1beta1.custom.metrics.k8s.io"),
                );
            }
            if outside {
                let check = api("v1beta1.external.metrics.k8s.io");
                self.add("an adapter for metrics from outside", "autoscaling", check);
            }
        }
    }

    fn secrets(&mut self) {
        for secret in &self.environment.secrets {
            let check = Some(format!("kubectl get clustersecretstore {}", secret.store));
            self.add(
                format!("External Secrets, and its ClusterSecretStore {}", secret.store),
                "fetches Secrets",
                check,
            );
        }
    }

    fn exposure(&mut self) {
        let on_eks = self.environment.cluster.region().is_some();
        let controller =
            || Some("kubectl get deployment aws-load-balancer-controller --namespace kube-system".to_owned());
        let contents = &self.environment.contents;
        let exposures = contents.workloads.iter().flat_map(|workload| match workload {
            Runs::App(app) => app.kind.exposures.as_slice(),
            _ => &[],
        });
        let mut ingresses: Vec<_> = contents.ingresses.iter().map(|(_, ingress)| &ingress.value).collect();
        for exposure in exposures {
            match &exposure.value {
                Exposure::LoadBalancer(_) if on_eks => {
                    self.add("the AWS Load Balancer Controller", "makes load balancers", controller());
                }
                Exposure::LoadBalancer(_) => {
                    self.add("a controller of load balancers", "gives Services their addresses", None);
                }
                Exposure::Ingress(ingress) => ingresses.push(ingress),
            }
        }
        for ingress in ingresses {
            match &ingress.class {
                IngressClass::Alb { .. } => {
                    self.add("the AWS Load Balancer Controller", "makes load balancers", controller());
                }
                IngressClass::Nginx { .. } | IngressClass::Other { .. } => {
                    let class = ingress.class.name();
                    let check = Some(format!("kubectl get ingressclass {class}"));
                    self.add(format!("the Ingress class {class}"), "answers Ingresses", check);
                }
            }
            match ingress.tls.as_ref().map(|tls| &tls.value) {
                Some(Certificate::ClusterIssuer(issuer)) => {
                    let check = Some(format!("kubectl get clusterissuer {issuer}"));
                    self.add(
                        format!("cert-manager, and its ClusterIssuer {issuer}"),
                        "makes certificates",
                        check,
                    );
                }
                Some(Certificate::Secret(secret)) => {
                    let namespace = &self.environment.namespace.value;
                    let check = Some(format!("kubectl get secret {secret} --namespace {namespace}"));
                    self.add(format!("the Secret {secret}"), "holds the certificate", check);
                }
                Some(Certificate::Acm(arn)) => self.add(format!("the certificate {arn}"), "TLS", None),
                None => {}
            }
        }
    }

    fn storage(&mut self) {
        let mounts = self.environment.contents.workloads.iter().flat_map(|workload| &workload.base().mounts);
        for mount in mounts {
            let VolumeSource::Claim { storage, .. } = &mount.value.volume.source else { continue };
            let region = self.environment.cluster.region();
            match storage {
                Storage::DefaultClass => {
                    let check = Some("kubectl get storageclass".to_owned());
                    self.add("a default storage class", "makes volumes; the list marks one (default)", check);
                }
                Storage::Class(class) => {
                    let check = Some(format!("kubectl get storageclass {class}"));
                    self.add(format!("the storage class {class}"), "makes volumes", check);
                }
                Storage::Static(StaticVolume::Ebs { id, zone }) => {
                    let region = region.map(|region| format!(" --region {region}")).unwrap_or_default();
                    let check = Some(format!(
                        "aws ec2 describe-volumes --volume-ids {}{region}",
                        crate::shell::word(id)
                    ));
                    self.add(format!("the EBS volume {id} in {zone}"), "keeps data", check);
                }
                Storage::Static(StaticVolume::Local { path, node }) => {
                    let check = Some(format!("kubectl get node {}", crate::shell::word(node)));
                    self.add(format!("the folder {path} on node {node}"), "keeps data", check);
                }
            }
        }
    }

    fn roles(&mut self) {
        for workload in &self.environment.contents.workloads {
            let base = workload.base();
            let Some(role) = &base.account.value.role_arn else { continue };
            let name = role.as_str().rsplit('/').next().unwrap_or_default();
            let check = Some(format!("aws iam get-role --role-name {name}"));
            self.add(format!("the IAM role {role}"), format!("{} takes it on", base.name), check);
        }
    }
}
