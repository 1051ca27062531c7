//! Where the bridge meets wasmtime: its `Lower` and `Lift` traits for values whose types are known at run time.
//!
//! The traits' methods are `#[doc(hidden)]` in wasmtime, hence the exact version in `Cargo.toml`. Four types implement them:
//!
//! - `Arguments` and `Answer`, for calls of exports: a message is placed into the guest; a result is lifted at once;
//! - `Received`, for calls of host functions: core values and where the guest's memory is, lifted by the callee;
//! - `Reply`, for results of host functions: a message is placed into the guest.

use std::cell::Cell;
use std::mem::MaybeUninit;
use std::ptr::{self, NonNull};
use std::time::Instant;

use pyo3::prelude::*;
use wasmtime::component::__internal::wasmtime_environ::component::{
    CanonicalOptions, CanonicalOptionsDataModel, StringEncoding,
};
use wasmtime::component::__internal::{CanonicalAbiInfo, InstanceType, InterfaceType, LiftContext, LowerContext};
use wasmtime::component::{ComponentNamedList, ComponentType, Lift, Lower};
use wasmtime::{Result, ValRaw, bail, format_err};

use crate::handles::{self, Passed};
use crate::host::Host;
use crate::instance::Instance;
use crate::lift::{Encoding, Handles, Invalid, Reader};
use crate::message::{Content, Message};
use crate::signature::{MAX_FLAT_PARAMS, MAX_FLAT_RESULTS, Signature};
use crate::types::Type;

/// A guest broke the canonical ABI; reported as a trap.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Violation(pub String);

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

/// A call under way: what wasmtime's traits, which know types only, cannot say.
pub(crate) struct Call<'a> {
    /// `None` while a component starts.
    export: Option<(&'a Signature, &'a Py<Instance>)>,
    host: &'a Host,
    /// `None` where this thread let the interpreter go for the call.
    attached: Option<Python<'a>>,
    /// When the guest came to an end.
    pub returned: Cell<Option<Instant>>,
    timed: bool,
}

impl<'a> Call<'a> {
    /// A call of an export; `timed` where its end shall be noted.
    #[inline]
    pub(crate) const fn new(
        signature: &'a Signature,
        instance: &'a Py<Instance>,
        host: &'a Host,
        attached: Option<Python<'a>>,
        timed: bool,
    ) -> Self {
        Self { export: Some((signature, instance)), host, attached, returned: Cell::new(None), timed }
    }

    /// The start of a component, or the end of a resource.
    pub(crate) const fn of_no_export(host: &'a Host, attached: Option<Python<'a>>) -> Self {
        Self { export: None, host, attached, returned: Cell::new(None), timed: false }
    }

    /// Run what wasmtime runs for this call, on this thread.
    #[inline]
    pub(crate) fn run<R>(&self, body: impl FnOnce() -> R) -> R {
        struct Restore(*const Call<'static>);
        impl Drop for Restore {
            fn drop(&mut self) {
                CURRENT.set(self.0);
            }
        }
        let _restore = Restore(CURRENT.replace(ptr::from_ref(self).cast()));
        body()
    }
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
    // SAFETY: null, or a call that `Call::run`, further up this thread's stack, borrows; the lifetime is cut to that of
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

/// Text in the guest's encoding, and its length in the guest's units; `None` where it stays UTF-8.
pub(crate) fn transcode(text: &str, encoding: Encoding) -> Option<(Vec<u8>, usize, u32)> {
    let utf16 = |tag: usize| {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let units = bytes.len() / 2;
        Some((bytes, units | tag, 2))
    };
    match encoding {
        Encoding::Utf8 => None,
        Encoding::Utf16 => utf16(0),
        Encoding::CompactUtf16 => {
            let latin1: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
            match latin1 {
                Some(bytes) => {
                    let length = bytes.len();
                    Some((bytes, length, 2))
                }
                None => utf16(1 << 31),
            }
        }
    }
}

impl Message {
    /// Allocate room in the guest for everything the message refers to, and copy it there.
    ///
    /// A message in memory is written to `root`, or to room that is allocated for it where that is `None`.
    fn place<T>(
        &mut self,
        cx: &mut LowerContext<'_, T>,
        ty: InterfaceType,
        root: Option<usize>,
    ) -> Result<Option<usize>> {
        if !self.handles.is_empty() {
            for (place, passing, owned) in self.passing().collect::<Vec<_>>() {
                let index = handles::lower(cx, ty, passing, owned)?;
                self.set_handle(place, index);
            }
        }
        if self.allocations.is_empty() && self.root == 0 {
            return Ok(None);
        }
        check_memory(cx.options())?;
        let encoding = encoding(cx.options());
        let root = match root {
            None if self.root > 0 => Some(cx.realloc(0, 0, self.root_align, self.root)?),
            root => root,
        };
        let mut addresses = Vec::with_capacity(self.allocations.len());
        for index in 0..self.allocations.len() {
            addresses.push(self.allocate(cx, index, encoding)?);
        }
        // In a call that let the interpreter go, other threads may write to buffers such as those of bytearrays.
        let mutable = self.allocations.iter().any(|allocation| allocation.content.is_mutable());
        if mutable && is_detached() {
            Python::attach(|_| self.copy(cx.as_slice_mut(), root, &addresses))?;
        } else {
            self.copy(cx.as_slice_mut(), root, &addresses)?;
        }
        Ok(root)
    }

    /// Copy everything to its place in the guest's memory.
    fn copy(&self, memory: &mut [u8], root: Option<usize>, addresses: &[usize]) -> Result<()> {
        let mut copy = |address: usize, bytes: &[u8]| {
            let target = memory.get_mut(address..).and_then(|rest| rest.get_mut(..bytes.len()));
            target.map(|target| target.copy_from_slice(bytes)).ok_or_else(|| format_err!("its memory shrank"))
        };
        if let Some(root) = root {
            copy(root, &self.image[..self.root])?;
        }
        for (allocation, address) in self.allocations.iter().zip(addresses) {
            copy(*address, allocation.content.bytes(&self.image))?;
        }
        Ok(())
    }

    fn allocate<T>(&mut self, cx: &mut LowerContext<'_, T>, index: usize, encoding: Encoding) -> Result<usize> {
        let allocation = &mut self.allocations[index];
        let mut length = None;
        if allocation.content.is_text() && encoding != Encoding::Utf8 {
            let text = std::str::from_utf8(allocation.content.bytes(&[]))?;
            if let Some((bytes, units, align)) = transcode(text, encoding) {
                allocation.content = Content::Encoded(bytes);
                allocation.align = align;
                length = Some(units);
            }
        }
        let (place, align) = (allocation.place, allocation.align);
        let address = cx.realloc(0, 0, align, allocation.content.length())?;
        self.resolve(place, address, length);
        Ok(address)
    }
}

/// Arguments of an export.
pub(crate) enum Arguments<'a> {
    /// Core values alone.
    Flat(&'a [u64]),
    Message(Cell<Option<&'a mut Message>>),
}

// SAFETY: the traits ask for `Send + Sync`, though a synchronous call uses its parameters on the calling thread only; the
// value never leaves `Function::invoke`.
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
                if let Some(root) = message.place(cx, ty, None)? {
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

/// The result of an export, by the signature of the innermost call.
pub(crate) struct Answer(pub Option<Py<PyAny>>);

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
    fn linear_lift_from_flat(cx: &mut LiftContext<'_>, ty: InterfaceType, src: &Self::Lower) -> Result<Self> {
        let call = current()?;
        if call.timed {
            call.returned.set(Some(Instant::now()));
        }
        let Some((signature, instance)) = call.export else { bail!("no function was called") };
        let Some(result) = &signature.result else { return Ok(Self(None)) };
        check_memory(cx.options())?;
        let at = if result.flat <= MAX_FLAT_RESULTS { None } else { Some(src[0].get_u32() as usize) };
        if let Some(at) = at {
            aligned(result, at)?;
        }
        let handles = if signature.handles {
            let resources = call.host.classes.len();
            let passed = match at {
                Some(at) => handles::load(cx, ty, at, resources)?,
                None => handles::lift(cx, ty, src, resources)?,
            };
            Some(Handles { passed: passed.into_iter(), instance: Some(instance), host: call.host })
        } else {
            None
        };
        let (memory, encoding) = (cx.memory(), encoding(cx.options()));
        let read = |py: Python<'_>| {
            let mut reader = Reader::new(py, memory, encoding, handles, call.host.arrays);
            let value = match at {
                Some(at) => reader.load(result, at)?,
                None => reader.lift(result, &mut src.as_slice())?,
            };
            Ok(Self(Some(value.unbind())))
        };
        match call.attached {
            Some(py) => read(py),
            None => Python::attach(read),
        }
    }

    fn linear_lift_from_memory(_: &mut LiftContext<'_>, _: InterfaceType, _: &[u8]) -> Result<Self> {
        bail!("results are lifted from core values")
    }
}

fn aligned(ty: &Type, at: usize) -> Result<()> {
    if at.is_multiple_of(ty.align as usize) {
        return Ok(());
    }
    Err(Violation(format!("its result at {at:#x} is not aligned to {} bytes", ty.align)).into())
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
        let handles = Handles { passed: self.passed.into_iter(), instance: None, host };
        let mut reader = Reader::new(py, memory, self.encoding, Some(handles), host.arrays);
        let mut flat = self.flat.as_slice();
        let mut values = Vec::with_capacity(signature.parameters.len());
        for parameter in &signature.parameters {
            let element = &parameter.element;
            values.push(match self.address {
                Some(address) => reader.load(&element.ty, address + element.offset as usize)?,
                None => reader.lift(&element.ty, &mut flat)?,
            });
        }
        Ok(values)
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
        message.place(cx, ty, None)?;
        dst.write(std::array::from_fn(|index| ValRaw::u64(message.flat[index])));
        Ok(())
    }

    fn linear_lower_to_memory<T>(&self, cx: &mut LowerContext<'_, T>, ty: InterfaceType, at: usize) -> Result<()> {
        let mut message = self.0.take().ok_or_else(|| format_err!("a result was lowered twice"))?;
        message.place(cx, ty, Some(at))?;
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
