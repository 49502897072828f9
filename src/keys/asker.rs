//! Who asks: what a key allows, and from which address.

use std::net::IpAddr;

use super::{Access, Installation, Scope};
use crate::audit::Actor;
use crate::error::{Error, Kind, Result, both};

/// The sender of a request. It has no `Debug`, so that no log line can hold an address by accident; what is stored of
/// an address is its mark, which leads back to it only with the installation's secret.
#[derive(Clone, Default)]
pub struct Asker {
    /// What the key allows, if there is one.
    pub access: Access,
    /// The address that the request counts for; `None` for this machine itself.
    pub address: Option<IpAddr>,
}

impl Asker {
    /// Refuses whoever has no key with this scope.
    pub fn require(&self, scope: Scope) -> Result<()> {
        if self.access.may(scope) {
            return Ok(());
        }
        let name = scope.name();
        Err(Error::new(
            Kind::Restricted,
            both(
                format!("This needs a key with the scope {name}; ask the operator for one."),
                format!("이 작업에는 {name} 권한이 있는 키가 필요합니다. 운영자에게 요청해 주십시오."),
            ),
        ))
    }

    /// Who it is in the audit log and wherever changes are counted.
    pub fn actor(&self, secret: &Installation) -> Result<Actor> {
        Ok(match (self.access.key, self.address) {
            (Some(key), _) => Actor::key(key),
            (None, Some(address)) => Actor::address(&secret.mark(&address.to_string())?),
            (None, None) => Actor::this_machine(),
        })
    }
}
