//! A native guest's table of handles, as the canonical ABI describes it.

use slab::Slab;

use crate::failure::Failure;
use crate::representation::{Passed, Representation};
use crate::resource::Origin;

/// The handles that a guest has. Numbers begin at 1.
#[derive(Default)]
pub(crate) struct Table {
    entries: Slab<Entry>,
    /// Handles that were lent to the call under way, and not dropped yet.
    borrowed: usize,
    /// Handles that are lent to host functions under way.
    lent: Vec<u32>,
}

/// A handle.
pub(super) struct Entry {
    origin: Origin,
    pub representation: u32,
    hold: Hold,
}

enum Hold {
    /// The guest owns the resource, and has lent it to so many host functions.
    Owned { lent: usize },
    /// The guest may use it until its call ends.
    Borrowed,
}

impl Entry {
    pub(super) const fn owned(origin: Origin, representation: u32) -> Self {
        Self { origin, representation, hold: Hold::Owned { lent: 0 } }
    }

    pub(super) const fn borrowed(origin: Origin, representation: u32) -> Self {
        Self { origin, representation, hold: Hold::Borrowed }
    }

    pub(super) const fn is_owned(&self) -> bool {
        matches!(self.hold, Hold::Owned { .. })
    }
}

impl Table {
    /// Enter a handle: its number.
    pub(super) fn insert(&mut self, entry: Entry) -> u32 {
        self.borrowed += usize::from(!entry.is_owned());
        u32::try_from(self.entries.insert(entry) + 1).expect("less handles than memory has room for")
    }

    /// The handle with that number, of a resource of `origin`.
    fn entry(&mut self, origin: Origin, number: u32) -> Result<&mut Entry, String> {
        let key = (number as usize).wrapping_sub(1);
        match self.entries.get_mut(key) {
            Some(entry) if entry.origin == origin => Ok(entry),
            Some(_) => Err(format!("its handle {number} is of another resource")),
            None => Err(format!("it has no handle {number}")),
        }
    }

    /// What the guest knows the resource by.
    pub(super) fn representation(&mut self, origin: Origin, number: u32) -> Result<u32, String> {
        self.entry(origin, number).map(|entry| entry.representation)
    }

    /// Take a handle out.
    pub(super) fn remove(&mut self, origin: Origin, number: u32) -> Result<Entry, String> {
        if let Hold::Owned { lent: 1.. } = self.entry(origin, number)?.hold {
            return Err(format!("its handle {number} is lent to a call under way"));
        }
        let entry = self.entries.remove(number as usize - 1);
        self.borrowed -= usize::from(!entry.is_owned());
        Ok(entry)
    }

    /// Take up a handle that the guest passes: give it away, or lend it until `end_lending`.
    pub(crate) fn pass(&mut self, origin: Origin, owned: bool, number: u32) -> Result<Passed, String> {
        let representation = if owned {
            if !self.entry(origin, number)?.is_owned() {
                return Err(format!("it gave away its handle {number}, which it has only borrowed"));
            }
            self.remove(origin, number)?.representation
        } else {
            let entry = self.entry(origin, number)?;
            let representation = entry.representation;
            if let Hold::Owned { lent } = &mut entry.hold {
                *lent += 1;
                self.lent.push(number);
            }
            representation
        };
        Ok(match origin {
            Origin::Guest(resource) => {
                Passed::Guest(Representation::Native(super::Representation { resource, representation }))
            }
            Origin::Host(_) => Passed::Host { representation, owned },
        })
    }

    /// How many handles are lent, for `end_lending`.
    pub(super) const fn lent(&self) -> usize {
        self.lent.len()
    }

    /// A host function has returned: what was lent to it, after so many others, comes back.
    pub(super) fn end_lending(&mut self, before: usize) {
        for number in self.lent.drain(before..) {
            if let Some(Entry { hold: Hold::Owned { lent }, .. }) = self.entries.get_mut(number as usize - 1) {
                *lent -= 1;
            }
        }
    }

    /// Refuse that a call ends with handles that were lent for it.
    pub(super) fn check_borrows(&self) -> Result<(), Box<Failure>> {
        match self.borrowed {
            0 => Ok(()),
            kept => {
                let problem = format!("it kept {kept} of the handles that it had borrowed for the call");
                Err(Box::new(Failure::violation(problem, Vec::new())))
            }
        }
    }
}
