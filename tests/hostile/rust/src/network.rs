//! The network, which nobody granted. The addresses are this machine's own: without a listener a permitted attempt would
//! be told `connection-refused`.

use crate::bindings::wasi::sockets::instance_network::instance_network;
use crate::bindings::wasi::sockets::ip_name_lookup::resolve_addresses;
use crate::bindings::wasi::sockets::network::{ErrorCode, IpAddressFamily, IpSocketAddress, Ipv4SocketAddress};
use crate::bindings::wasi::sockets::tcp_create_socket::create_tcp_socket;
use crate::bindings::wasi::sockets::udp_create_socket::create_udp_socket;

const fn local(port: u16) -> IpSocketAddress {
    IpSocketAddress::Ipv4(Ipv4SocketAddress { port, address: (127, 0, 0, 1) })
}

/// What an attempt came to: its error code, or `success`.
fn told<T>(outcome: &Result<T, ErrorCode>, success: &str) -> String {
    match outcome {
        Ok(_) => success.to_owned(),
        Err(error) => error.name().to_owned(),
    }
}

pub fn connect_tcp() -> String {
    let connected =
        create_tcp_socket(IpAddressFamily::Ipv4).and_then(|socket| socket.start_connect(&instance_network(), local(9)));
    told(&connected, "connected")
}

pub fn listen_tcp() -> String {
    let bound =
        create_tcp_socket(IpAddressFamily::Ipv4).and_then(|socket| socket.start_bind(&instance_network(), local(0)));
    told(&bound, "bound")
}

pub fn send_udp() -> String {
    let sent = create_udp_socket(IpAddressFamily::Ipv4).and_then(|socket| {
        socket.start_bind(&instance_network(), local(0))?;
        socket.stream(Some(local(9))).map(drop)
    });
    told(&sent, "sent")
}

pub fn look_up_name() -> String {
    let found = resolve_addresses(&instance_network(), "localhost").and_then(|names| names.resolve_next_address());
    told(&found, "found")
}
