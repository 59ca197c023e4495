//! The AWS account: numbers and hosts, in one place. All of them are examples; put yours here.

use infragen::prelude::*;
use infragen::spec::quantity::{AccountId, Cidr, HostName, Region, RoleArn};

/// The account that holds the registry, the clusters and the databases.
#[must_use]
pub const fn account() -> AccountId {
    account!("111122223333")
}

/// The region that all of it is in.
#[must_use]
pub const fn region() -> Region {
    region!("us-east-1")
}

/// The addresses of the VPC: the load balancer, the nodes and the databases.
#[must_use]
pub const fn network() -> Cidr {
    cidr!("10.0.0.0/16")
}

/// The ECR repository that releases are pushed to, and that every environment runs from.
#[must_use]
pub const fn repository() -> ImageRepository {
    Registry::ecr(account(), region()).repository(repository!("coworking-analytics"))
}

/// The IAM role that the builds run as.
#[must_use]
pub const fn build_role() -> RoleArn {
    role_arn!("arn:aws:iam::111122223333:role/coworking-analytics-build")
}

/// RDS for PostgreSQL, production's.
#[must_use]
pub const fn prod_database() -> HostName {
    host!("coworking-prod.example.us-east-1.rds.amazonaws.com")
}

/// RDS for PostgreSQL, staging's.
#[must_use]
pub const fn staging_database() -> HostName {
    host!("coworking-staging.example.us-east-1.rds.amazonaws.com")
}
