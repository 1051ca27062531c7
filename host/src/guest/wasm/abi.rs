//! Where the bridge meets wasmtime: its `Lower` and `Lift` traits for values whose types are known at run time.
//!
//! The traits' methods are `#[doc(hidden)]` in wasmtime, hence the exact version in `Cargo.toml`. Four types implement them:
//!
//! - `Arguments` and `Answer` of `call`, for calls of exports: a message is placed into the guest; a result is lifted at once;
//! - `Received`, for calls of host functions: core values and where the guest's memory is, lifted by the callee;
//! - `Reply`, for results of host functions: a message is placed into the guest.

use std::cell::Cell;
use std::mem::MaybeUninit;
use std::ptr::{self, NonNull};

use pyo3::prelude::*;
use wasmtime::component::__internal::wasmtime_environ::component::{
    CanonicalOptions, CanonicalOptionsDataModel, StringEncoding,
};
use wasmtime::component::__internal::{CanonicalAbiInfo, InstanceType, InterfaceType, LiftContext, LowerContext};
use wasmtime::component::{ComponentNamedList, ComponentType, Lift, Lower};
use wasmtime::{Result, ValRaw, bail, format_err};

use super::handles;
use crate::call::{self, Answer, Arguments, Call};
use crate::encoding::Encoding;
use crate::host::Host;
use crate::lift::{CoreValue, Handles, Invalid, Reader, Source};
use crate::message::{Allocate, Message};
use crate::representation::{Passed, Passing};
use crate::signature::{MAX_FLAT_PARAMS, MAX_FLAT_RESULTS, Signature};

/// A guest broke the canonical ABI; reported as a trap.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Violation(pub String);

impl CoreValue for ValRaw {
    #[inline]
    fn bits(&self) -> u64 {
        self.get_u64()
    }
}

impl From<Box<Invalid>> for wasmtime::Error {
    #[cold]
    fn from(invalid: Box<Invalid>) -> Self {
        match *invalid {
            Invalid::Guest(message) => Violation(message).into(),
            Invalid::Python(error) => error.into(),
        }
    }
}

const PARAMS: usize = MAX_FLAT_PARAMS as usize;
const RESULTS: usize = MAX_FLAT_RESULTS as usize;

/// Run what wasmtime runs for `call`, on this thread.
#[inline]
pub(super) fn run<R>(call: &Call<'_>, body: impl FnOnce() -> R) -> R {
    struct Restore(*const Call<'static>);
    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0);
        }
    }
    let _restore = Restore(CURRENT.replace(ptr::from_ref(call).cast()));
    body()
}

thread_local! {
    /// The innermost call on this thread.
    static CURRENT: Cell<*const Call<'static>> = const { Cell::new(ptr::null()) };
}

/// Whether the innermost call on this thread let the interpreter go.
pub(crate) fn is_detached() -> bool {
    current().is_ok_and(|call| call.attached.is_none())
}

/// The innermost call on this thread.
fn current<'a>() -> Result<&'a Call<'a>> {
    // SAFETY: null, or a call that `run`, further up this thread's stack, borrows; the lifetime is cut to that of
    // the trait methods below, which `run` outlasts.
    unsafe { CURRENT.get().cast::<Call<'a>>().as_ref() }.ok_or_else(|| format_err!("no call is under way"))
}

fn encoding(options: &CanonicalOptions) -> Encoding {
    match options.string_encoding {
        StringEncoding::Utf8 => Encoding::Utf8,
        StringEncoding::Utf16 => Encoding::Utf16,
        StringEncoding::CompactUtf16 => Encoding::CompactUtf16,
    }
}

/// Refuse values in GC memory; wasmtime's validation refuses 64-bit memories, whose layout of types would differ.
fn check_memory(options: &CanonicalOptions) -> Result<()> {
    match options.data_model {
        CanonicalOptionsDataModel::LinearMemory(_) => Ok(()),
        CanonicalOptionsDataModel::Gc {} => bail!("components that keep values in GC memory are not supported"),
    }
}

/// A guest that values of a type are lowered into.
struct Lowering<'a, 'cx, T: 'static> {
    cx: &'a mut LowerContext<'cx, T>,
    /// Of all values that are passed together.
    ty: InterfaceType,
}

impl<T: 'static> Allocate for Lowering<'_, '_, T> {
    type Error = wasmtime::Error;

    fn encoding(&self) -> Result<Encoding> {
        check_memory(self.cx.options())?;
        Ok(encoding(self.cx.options()))
    }

    fn allocate(&mut self, align: u32, size: usize) -> Result<usize> {
        self.cx.realloc(0, 0, align, size)
    }

    fn write<'b>(&mut self, pieces: impl Iterator<Item = (usize, &'b [u8])>) -> Result<()> {
        let memory = self.cx.as_slice_mut();
        for (address, bytes) in pieces {
            let target = memory.get_mut(address..).and_then(|rest| rest.get_mut(..bytes.len()));
            target.ok_or_else(|| format_err!("its memory shrank"))?.copy_from_slice(bytes);
        }
        Ok(())
    }

    fn enter(&mut self, passing: Passing, owned: bool) -> Result<u32> {
        handles::lower(self.cx, self.ty, passing, owned)
    }
}

// SAFETY: the traits ask for `Send + Sync`, though a synchronous call uses its parameters on the calling thread only; the
// value never leaves `Function::enter`.
unsafe impl Send for Arguments<'_> {}
// SAFETY: as above.
unsafe impl Sync for Arguments<'_> {}

// SAFETY: `Lower` is a sequence of `ValRaw`; `typecheck` is not reached, as functions are made with `new_unchecked` from
// the signature of the very component. A flat count of 16 or less makes wasmtime ask for core values always; parameters
// that travel in memory are then one core value, their address.
unsafe impl ComponentType for Arguments<'_> {
    type Lower = [ValRaw; PARAMS];
    const ABI: CanonicalAbiInfo = CanonicalAbiInfo::ZERO;

    fn typecheck(_: &InterfaceType, _: &InstanceType<'_>) -> Result<()> {
        bail!("the bridge checks types itself")
    }
}

// SAFETY: it lowers a tuple of parameters.
unsafe impl ComponentNamedList for Arguments<'_> {}

// SAFETY: every core value of the signature is written; the function reads no others.
unsafe impl Lower for Arguments<'_> {
    fn linear_lower_to_flat<T>(
        &self,
        cx: &mut LowerContext<'_, T>,
        ty: InterfaceType,
        dst: &mut MaybeUninit<Self::Lower>,
    ) -> Result<()> {
        let flat = match self {
            Self::Flat(flat) => flat,
            Self::Message(message) => {
                let message = message.take().ok_or_else(|| format_err!("arguments were lowered twice"))?;
                if let Some(root) = message.place(&mut Lowering { cx, ty }, None)? {
                    message.flat[0] = root as u64;
                    message.count = 1;
                }
                &message.flat[..message.count]
            }
        };
        // SAFETY: an array of `MaybeUninit` may be viewed through a `MaybeUninit` of the array.
        let slots = unsafe { &mut *dst.as_mut_ptr().cast::<[MaybeUninit<ValRaw>; PARAMS]>() };
        for (slot, bits) in slots.iter_mut().zip(flat) {
            slot.write(ValRaw::u64(*bits));
        }
        Ok(())
    }

    fn linear_lower_to_memory<T>(&self, _: &mut LowerContext<'_, T>, _: InterfaceType, _: usize) -> Result<()> {
        bail!("arguments are lowered to core values")
    }
}

// SAFETY: as for `Arguments`: one core value is either the result or its address.
unsafe impl ComponentType for Answer {
    type Lower = [ValRaw; RESULTS];
    const ABI: CanonicalAbiInfo = CanonicalAbiInfo::ZERO;

    fn typecheck(_: &InterfaceType, _: &InstanceType<'_>) -> Result<()> {
        bail!("the bridge checks types itself")
    }
}

// SAFETY: it lifts a tuple of at most one result.
unsafe impl ComponentNamedList for Answer {}

// SAFETY: a core value is read only where the signature has one, and memory only within its bounds.
unsafe impl Lift for Answer {
    #[inline]
    fn linear_lift_from_flat(cx: &mut LiftContext<'_>, ty: InterfaceType, src: &Self::Lower) -> Result<Self> {
        let call = current()?;
        call.note_return();
        let Some((signature, instance)) = call.export else { bail!("no function was called") };
        let Some(result) = &signature.result else { return Ok(Self(None)) };
        check_memory(cx.options())?;
        let address = call::result_address(result, src[0].get_u32() as usize)?;
        let handles = if signature.handles {
            let resources = call.host.classes.len();
            let passed = match address {
                Some(address) => handles::load(cx, ty, address, resources)?,
                None => handles::lift(cx, ty, src, resources)?,
            };
            Some(Handles { source: Source::Taken(passed.into_iter()), instance: Some(instance), host: call.host })
        } else {
            None
        };
        Ok(call.answer((result, address), src, (cx.memory(), encoding(cx.options())), handles)?)
    }

    fn linear_lift_from_memory(_: &mut LiftContext<'_>, _: InterfaceType, _: &[u8]) -> Result<Self> {
        bail!("results are lifted from core values")
    }
}

/// What a host function was called with: `N` core values, or the address of parameters in memory.
pub(crate) struct Received<const N: usize> {
    flat: [ValRaw; N],
    address: Option<usize>,
    memory: NonNull<[u8]>,
    encoding: Encoding,
    passed: Vec<Passed>,
}

// SAFETY: it copies core values and remembers where memory is.
unsafe impl<const N: usize> Lift for Received<N> {
    fn linear_lift_from_flat(cx: &mut LiftContext<'_>, ty: InterfaceType, src: &Self::Lower) -> Result<Self> {
        check_memory(cx.options())?;
        let passed = match current()?.host.classes.len() {
            0 => Vec::new(),
            resources => handles::lift(cx, ty, src, resources)?,
        };
        let (memory, encoding) = (cx.memory().into(), encoding(cx.options()));
        Ok(Self { flat: *src, address: None, memory, encoding, passed })
    }

    fn linear_lift_from_memory(cx: &mut LiftContext<'_>, ty: InterfaceType, bytes: &[u8]) -> Result<Self> {
        check_memory(cx.options())?;
        let address = bytes.as_ptr().addr() - cx.memory().as_ptr().addr();
        let passed = match current()?.host.classes.len() {
            0 => Vec::new(),
            resources => handles::load(cx, ty, address, resources)?,
        };
        let (memory, encoding) = (cx.memory().into(), encoding(cx.options()));
        Ok(Self { flat: [ValRaw::u64(0); N], address: Some(address), memory, encoding, passed })
    }
}

impl<const N: usize> Received<N> {
    /// Convert to Python objects, in the order of the parameters.
    ///
    /// # Safety
    ///
    /// The guest has not run, nor its memory been changed, since wasmtime made this value.
    pub(crate) unsafe fn lift<'py>(
        self,
        py: Python<'py>,
        signature: &Signature,
        host: &Host,
    ) -> Result<Vec<Bound<'py, PyAny>>> {
        // SAFETY: the memory belongs to the instance that is calling, and the caller promises that it did not change.
        let memory = unsafe { self.memory.as_ref() };
        let handles = Handles { source: Source::Taken(self.passed.into_iter()), instance: None, host };
        let mut reader = Reader::new(py, memory, self.encoding, Some(handles), host.arrays);
        Ok(reader.parameters(signature, self.address, &self.flat)?)
    }
}

/// What a host function answers: `N` core values, or memory at the address that the guest gave.
pub(crate) struct Reply<const N: usize>(pub Cell<Option<Message>>);

// SAFETY: all `N` core values are written.
unsafe impl<const N: usize> Lower for Reply<N> {
    fn linear_lower_to_flat<T>(
        &self,
        cx: &mut LowerContext<'_, T>,
        ty: InterfaceType,
        dst: &mut MaybeUninit<Self::Lower>,
    ) -> Result<()> {
        let mut message = self.0.take().ok_or_else(|| format_err!("a result was lowered twice"))?;
        message.place(&mut Lowering { cx, ty }, None)?;
        dst.write(std::array::from_fn(|index| ValRaw::u64(message.flat[index])));
        Ok(())
    }

    fn linear_lower_to_memory<T>(&self, cx: &mut LowerContext<'_, T>, ty: InterfaceType, at: usize) -> Result<()> {
        let mut message = self.0.take().ok_or_else(|| format_err!("a result was lowered twice"))?;
        message.place(&mut Lowering { cx, ty }, Some(at))?;
        Ok(())
    }
}

/// What wasmtime asks of both sides of a host function's call.
macro_rules! crosses_to_host {
    ($ty:ident) => {
        // SAFETY: a synchronous call is over before its thread does anything else; the value never leaves that thread.
        unsafe impl<const N: usize> Send for $ty<N> {}
        // SAFETY: as above.
        unsafe impl<const N: usize> Sync for $ty<N> {}

        // SAFETY: `Lower` is a sequence of `ValRaw`; `host_function` chooses `N` by the import's type.
        unsafe impl<const N: usize> ComponentType for $ty<N> {
            type Lower = [ValRaw; N];
            const ABI: CanonicalAbiInfo = CanonicalAbiInfo::ZERO;

            fn typecheck(_: &InterfaceType, _: &InstanceType<'_>) -> Result<()> {
                Ok(())
            }
        }

        // SAFETY: it stands for a tuple: all parameters, or at most one result.
        unsafe impl<const N: usize> ComponentNamedList for $ty<N> {}
    };
}

crosses_to_host!(Received);
crosses_to_host!(Reply);
