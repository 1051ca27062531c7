//! Counters and tickets of the guest, and every use of the host's files and journals.

mod bindings {
    componium_guest::generate!({ path: "../wit", world: "resources", generate_all });
}

use std::cell::{Cell, RefCell};

use bindings::exports::test::resources::counters as own;
use bindings::test::resources::files as host;
use host::File;
use own::{Counter, CounterBorrow, Pair, Ticket};

thread_local! {
    static ALIVE: Cell<u32> = const { Cell::new(0) };
    static KEPT: RefCell<Option<File>> = const { RefCell::new(None) };
}

/// Counts the resources that are alive.
struct Alive;

impl Alive {
    fn new() -> Self {
        ALIVE.set(ALIVE.get() + 1);
        Self
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        ALIVE.set(ALIVE.get() - 1);
    }
}

struct Number {
    value: Cell<u32>,
    _alive: Alive,
}

impl Number {
    fn at(value: u32) -> Self {
        Self { value: Cell::new(value), _alive: Alive::new() }
    }
}

impl own::GuestCounter for Number {
    fn new(start: u32) -> Self {
        Self::at(start)
    }

    fn add(&self, amount: u32) -> u32 {
        self.value.set(self.value.get() + amount);
        self.value.get()
    }

    fn value(&self) -> u32 {
        self.value.get()
    }

    fn merge(a: Counter, b: Counter) -> Counter {
        Counter::new(Self::at(a.get::<Self>().value.get() + b.get::<Self>().value.get()))
    }

    fn absorb(&self, other: CounterBorrow<'_>) {
        self.add(other.get::<Self>().value.get());
    }

    fn is(&self, value: u32) -> bool {
        self.value.get() == value
    }

    fn read(&self, file: &File) -> Vec<u8> {
        file.read(self.value.get())
    }
}

struct Numbered {
    number: u32,
    cursed: bool,
    _alive: Alive,
}

impl Numbered {
    fn ticket(number: u32, cursed: bool) -> Ticket {
        Ticket::new(Self { number, cursed, _alive: Alive::new() })
    }
}

impl Drop for Numbered {
    fn drop(&mut self) {
        assert!(!self.cursed, "this ticket is cursed");
    }
}

impl own::GuestTicket for Numbered {
    fn number(&self) -> u32 {
        self.number
    }
}

struct Counters;

impl own::Guest for Counters {
    type Counter = Number;
    type Ticket = Numbered;

    fn tickets(count: u32) -> Vec<Ticket> {
        (0..count).map(|number| Numbered::ticket(number, false)).collect()
    }

    fn cursed_ticket() -> Ticket {
        Numbered::ticket(13, true)
    }

    fn make_pair(first: u32, second: Option<u32>) -> Pair {
        let counter = |value| Counter::new(Number::at(value));
        Pair { first: counter(first), second: second.map(counter) }
    }

    fn sum(counters: Vec<CounterBorrow<'_>>, extra: Option<Counter>) -> u32 {
        let extra = extra.map_or(0, |extra| extra.get::<Number>().value.get());
        extra + counters.iter().map(|counter| counter.get::<Number>().value.get()).sum::<u32>()
    }

    fn alive() -> u32 {
        ALIVE.get()
    }

    fn read(file: &File) -> Vec<u8> {
        file.read(u32::MAX)
    }

    fn keep_file(file: File) {
        KEPT.set(Some(file));
    }

    fn give_back() -> Option<File> {
        KEPT.take()
    }

    fn open(name: String) -> Result<String, String> {
        match File::open(&name) {
            Ok(file) => Ok(file.name()),
            Err(problem) => Err(format!("{problem:?}")),
        }
    }

    fn make_file(name: String) -> File {
        File::new(&name)
    }

    fn exercise_host() -> Vec<String> {
        let journal = host::journal_of_application();
        let (a, b) = (File::new("a"), File::new("bb"));
        let twin = a.duplicate();
        journal.write("three files");
        let same = [a.same(&a), a.same(&b), a.same(&twin)];
        let total = host::total(&[&a, &b, &twin]);
        drop(twin);
        let kept = host::keep(vec![a, b], Some(File::new("ccc")));
        vec![format!("{same:?}"), total.to_string(), kept.to_string()]
    }
}

bindings::export!(Counters with_types_in bindings);
