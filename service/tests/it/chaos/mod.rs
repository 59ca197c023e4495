//! Faults, one after the other, and what the clients notice: `cargo xtask chaos` prints the table.

mod clients;
mod crowds;
mod faults;
mod table;

use table::Table;

#[test]
#[ignore = "it takes a minute, and wants the machine for itself: `cargo xtask chaos`"]
fn what_clients_notice() {
    let mut table = Table::default();
    faults::of_the_database(&mut table);
    faults::of_the_network(&mut table);
    crowds::all(&mut table);
    faults::a_stop(&mut table);
    table.print();
    table.check();
}
