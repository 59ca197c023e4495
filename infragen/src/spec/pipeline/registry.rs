//! Where images are kept.

use crate::spec::quantity::{AccountId, Region, Repository};

/// The ECR registry of one account in one region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registry {
    pub(crate) account: AccountId,
    pub(crate) region: Region,
}

/// A repository in a registry: the images of one program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRepository {
    pub(crate) registry: Registry,
    pub(crate) name: Repository,
}

impl Registry {
    /// The registry that Amazon ECR keeps for an account in a region.
    #[must_use]
    pub const fn ecr(account: AccountId, region: Region) -> Self {
        Self { account, region }
    }

    /// A repository in it.
    #[must_use]
    pub const fn repository(self, name: Repository) -> ImageRepository {
        ImageRepository { registry: self, name }
    }

    /// The host that Docker logs in to.
    #[must_use]
    pub fn host(&self) -> String {
        // China's regions have a domain of their own.
        let domain =
            if self.region.as_str().starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
        format!("{}.dkr.ecr.{}.{domain}", self.account, self.region)
    }
}

impl ImageRepository {
    /// What images are called, up to the tag or the digest.
    #[must_use]
    pub fn image(&self) -> String {
        format!("{}/{}", self.registry.host(), self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::Registry;
    use crate::spec::quantity::Region;
    use crate::{account, region, repository};

    #[test]
    fn an_image_is_named_by_account_region_and_repository() {
        let image = |region: Region| {
            Registry::ecr(account!("111122223333"), region)
                .repository(repository!("coworking-analytics"))
                .image()
        };
        assert_eq!(
            image(region!("us-east-1")),
            "111122223333.dkr.ecr.us-east-1.amazonaws.com/coworking-analytics"
        );
        assert_eq!(
            image(region!("cn-north-1")),
            "111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/coworking-analytics"
        );
    }
}
