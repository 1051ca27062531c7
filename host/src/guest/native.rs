//! Native plugins: shared libraries of trusted code, in the host's process. docs/reference/native-abi.md.

mod code;
mod handles;
mod header;
mod image;
mod import;
mod inspect;
mod layout;
mod library;
mod memory;
mod names;
mod state;

use self::layout::Call as ExportCall;
use self::library::Library;
use self::memory::{Memory, Placing};
use crate::call::{self, Answer, Arguments, Call};
use crate::encoding::Encoding;
use crate::failure::Failure;
use crate::lift::{Handles, Source};
use crate::resource::Origin;

pub(crate) use self::code::{Code, read};
pub(crate) use self::handles::Table;
pub(crate) use self::inspect::inspect_native;

/// Bytes of a pointer.
#[allow(clippy::cast_possible_truncation)] // 4 or 8
pub(crate) const POINTER: u32 = size_of::<usize>() as u32;

/// A loaded library that has been started.
pub(crate) struct Native(Library);

// SAFETY: what is not `Send` in it are pointers into the library and the cells of its state. An instance's gate lets one
// thread at a time to all of it, and the ABI asks libraries to be fit for that.
unsafe impl Send for Native {}

/// An exported function of a library.
#[derive(Clone, Copy)]
pub(crate) struct Function {
    call: ExportCall,
    post_return: Option<ExportCall>,
}

/// A resource of a library's: the number of its type, and what the library knows it by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Representation {
    pub resource: usize,
    pub representation: u32,
}

impl Native {
    /// Call a function of the library.
    #[inline(never)] // apart from the way to wasmtime, whose registers it would take
    pub(super) fn call(
        &self,
        function: Function,
        call: &Call<'_>,
        arguments: Arguments<'_>,
    ) -> Result<Answer, Box<Failure>> {
        let state = self.0.state();
        let mut values = layout::NO_VALUES;
        match arguments {
            Arguments::Flat(flat) => values[..flat.len()].copy_from_slice(flat),
            Arguments::Message(message) => {
                let message = message.take().expect("a call lowers its arguments once");
                match message.place(&mut Placing(state), None)? {
                    Some(root) => values[0] = root as u64,
                    None => values[..message.count].copy_from_slice(&message.flat[..message.count]),
                }
            }
        }
        state.enter(function.call, &mut values)?;
        call.note_return();
        let (signature, instance) = call.export.expect("an export is called");
        if signature.handles {
            state.table.borrow().check_borrows()?;
        }
        let answer = match &signature.result {
            None => Answer(None),
            Some(result) => {
                let address = call::result_address(result, memory::address(values[0]))?;
                let source = Source::Native(&state.table);
                let handles =
                    signature.handles.then_some(Handles { source, instance: Some(instance), host: call.host });
                call.answer((result, address), &values[..1], (Memory, Encoding::Utf8), handles)?
            }
        };
        if let Some(post_return) = function.post_return {
            state.enter(post_return, &mut values)?;
        }
        Ok(answer)
    }

    /// Drop a resource of the library's.
    pub(super) fn release(&self, resource: Representation) -> Result<(), Box<Failure>> {
        self.0.state().destroy(resource)
    }
}

/// A number that the library's table of handles tells resources apart by.
const fn origin(resource: usize) -> Origin {
    Origin::Guest(resource)
}
