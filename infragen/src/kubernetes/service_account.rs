//! ServiceAccount: each workload runs as one of its own, without a token unless it has access.

use k8s_openapi::api::core::v1::ServiceAccount;

use super::context::{Context, Texts};
use super::objects::{Marks, Objects, order};

pub(super) fn render(context: &Context<'_>, objects: &mut Objects) {
    for workload in context.workloads() {
        let base = workload.base();
        let mut metadata = context.metadata(base.name.as_str(), context.workload_labels(base));
        let mut marks = Marks::default();
        if let Some(role) = &base.account.value.role_arn {
            let annotation = ("eks.amazonaws.com/role-arn".to_owned(), role.to_string());
            metadata.annotations = Some(Texts::from([annotation]));
            marks.add("metadata.annotations", &base.account.origin);
        }
        marks.add("automountServiceAccountToken", &base.account.origin);
        let account = ServiceAccount {
            metadata,
            automount_service_account_token: Some(false),
            ..ServiceAccount::default()
        };
        objects.push(order::SERVICE_ACCOUNT, &account, &base.origin, marks);
    }
}
