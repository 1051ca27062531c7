//! Attacks on the host through WASI itself: one function for each.

mod network;
mod resources;

mod bindings {
    componium_guest::generate!({ path: "../wit/rust", world: "hostile", generate_all });
}

use bindings::Guest;

struct Hostile;

impl Guest for Hostile {
    fn connect_tcp() -> String {
        network::connect_tcp()
    }

    fn listen_tcp() -> String {
        network::listen_tcp()
    }

    fn send_udp() -> String {
        network::send_udp()
    }

    fn look_up_name() -> String {
        network::look_up_name()
    }

    fn sleep_by_pollable() -> String {
        resources::sleep_by_pollable()
    }

    fn flood_pollables() -> String {
        resources::flood_pollables()
    }

    fn poll_a_crowd() -> String {
        resources::poll_a_crowd()
    }

    fn take_all_randomness() -> String {
        resources::take_all_randomness()
    }

    fn read_beyond_all_memory() -> String {
        resources::read_beyond_all_memory()
    }

    fn flood_streams() -> String {
        resources::flood_streams()
    }

    fn flood_folders() -> String {
        resources::flood_folders()
    }

    fn preopen_without_grant() -> String {
        resources::preopen_without_grant()
    }
}

bindings::export!(Hostile with_types_in bindings);
