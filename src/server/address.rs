//! Who is at the other end: the peer, or whom a named proxy speaks for.

use std::net::IpAddr;

use ipnet::IpNet;

/// The address that a request counts for; `None` for this machine itself, which is not limited.
///
/// `X-Forwarded-For` is read from the right, where the nearest proxy has written, and only as far as named proxies
/// have written it. Whatever stands further left was written by somebody whom nobody knows.
pub fn counted(peer: Option<IpAddr>, forwarded: Option<&str>, proxies: &[IpNet]) -> Option<IpAddr> {
    let trusted = |address: &IpAddr| proxies.iter().any(|network| network.contains(address));
    let peer = peer.map(plain)?;
    let mut address = peer;
    for hop in forwarded.unwrap_or("").rsplit(',') {
        if !trusted(&address) {
            break;
        }
        match hop.trim().parse() {
            Ok(next) => address = plain(next),
            Err(_) => break,
        }
    }
    (address != peer || !peer.is_loopback() || trusted(&peer)).then_some(network(address))
}

/// Whether a named proxy speaks: then its `Forwarded` fields say what the client has asked for.
pub fn by_proxy(peer: Option<IpAddr>, proxies: &[IpNet]) -> bool {
    peer.map(plain).is_some_and(|peer| proxies.iter().any(|network| network.contains(&peer)))
}

/// An IPv4 address that came as an IPv6 one is the same address.
fn plain(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

/// A household has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => IpAddr::V6((six.to_bits() & !u128::from(u64::MAX)).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_named_proxies_have_written_is_believed() {
        let proxies: Vec<IpNet> = vec!["10.0.0.0/8".parse().unwrap(), "127.0.0.1/32".parse().unwrap()];
        for (peer, forwarded, counted_for) in [
            ("203.0.113.9", None, Some("203.0.113.9")),
            ("203.0.113.9", Some("198.51.100.1"), Some("203.0.113.9")),
            ("10.0.0.2", Some("198.51.100.1"), Some("198.51.100.1")),
            ("10.0.0.2", Some("1.1.1.1, 198.51.100.1, 10.0.0.7"), Some("198.51.100.1")),
            ("10.0.0.2", Some("nonsense"), Some("10.0.0.2")),
            ("10.0.0.2", None, Some("10.0.0.2")),
            ("127.0.0.1", Some("198.51.100.1"), Some("198.51.100.1")),
            ("::1", Some("198.51.100.1"), None),
            ("2001:db8:1:2:3:4:5:6", None, Some("2001:db8:1:2::")),
            ("::ffff:203.0.113.9", None, Some("203.0.113.9")),
        ] {
            let found = counted(peer.parse().ok(), forwarded, &proxies);
            assert_eq!(found, counted_for.map(|a: &str| a.parse().unwrap()), "{peer} {forwarded:?}");
        }
    }
}
