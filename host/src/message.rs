//! Values on their way into a guest: converted in full before the guest runs, then placed into its memory.
//!
//! Two steps, because allocating guest memory runs guest code: a wrong argument is found while the guest has not seen
//! anything, and placing needs no Python object any more.

use std::sync::Arc;

use pyo3::buffer::PyUntypedBuffer;
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::encoding::{Encoding, transcode};
use crate::error::Error;
use crate::host::Host;
use crate::representation::Passing;
use crate::resource::Handle;
use crate::signature::MAX_FLAT_PARAMS;

/// What keeps borrowed bytes alive, and unchanged in place, until they have been copied.
#[expect(dead_code, reason = "held for its destructor only")]
pub(crate) enum Owner {
    Bytes(Py<PyBytes>),
    Text(Py<PyString>),
    Buffer(PyUntypedBuffer),
}

/// The bytes that one allocation in the guest is filled with.
pub(crate) enum Content {
    /// A range of the message's image.
    Image { start: usize, length: usize },
    /// A Python object's own memory, not copied until the guest has room for it.
    Borrowed { pointer: *const u8, length: usize, owner: Owner },
    /// Text already in the guest's encoding.
    Encoded(Vec<u8>),
}

/// Where the guest looks for a handle, or for the address of an allocation, followed by a length.
#[derive(Clone, Copy)]
pub(crate) enum Place {
    Flat(usize),
    /// In memory, where each of them takes `width` bytes.
    Image {
        at: usize,
        width: u32,
    },
}

/// A guest that messages are placed into.
pub(crate) trait Allocate {
    type Error;

    /// How the guest encodes strings.
    fn encoding(&self) -> Result<Encoding, Self::Error>;

    /// Room for `size` bytes: its address.
    fn allocate(&mut self, align: u32, size: usize) -> Result<usize, Self::Error>;

    /// Copy bytes to their addresses, in rooms that were allocated.
    fn write<'b>(&mut self, pieces: impl Iterator<Item = (usize, &'b [u8])>) -> Result<(), Self::Error>;

    /// Enter a handle into the guest's table: its index there.
    fn enter(&mut self, passing: Passing, owned: bool) -> Result<u32, Self::Error>;
}

/// Room that the guest allocates.
pub(crate) struct Allocation {
    pub content: Content,
    pub align: u32,
    pub place: Place,
}

/// Whom handles are passed to.
pub(crate) struct Receiver {
    /// The instance's address, to compare with; never followed.
    pub instance: *const ffi::PyObject,
    pub host: Arc<Host>,
}

/// A handle in a message.
pub(crate) struct Handed {
    pub place: Place,
    pub owned: bool,
    pub held: Held,
    /// What the guest's kind is told, once the message is on its way.
    passing: Option<Passing>,
}

/// What Python holds of a handle.
pub(crate) enum Held {
    /// A resource of the guest's.
    Handle(Py<Handle>),
    /// An object that the guest gets to hold, and the number of its resource.
    Object { resource: u32, object: Option<Py<PyAny>> },
}

/// Converted values: core values, an image of memory, and the allocations it refers to, parents before children.
pub(crate) struct Message {
    pub flat: [u64; MAX_FLAT_PARAMS as usize],
    pub count: usize,
    pub image: Vec<u8>,
    pub allocations: Vec<Allocation>,
    /// Bytes of the image that hold the values themselves, where they do not travel as core values.
    pub root: usize,
    pub root_align: u32,
    /// `None` where no type of the function is a resource.
    pub receiver: Option<Receiver>,
    pub handles: Vec<Handed>,
}

impl Message {
    /// A message whose values travel as core values.
    #[inline]
    pub(crate) const fn flat(receiver: Option<Receiver>) -> Self {
        Self {
            flat: [0; 16],
            count: 0,
            image: Vec::new(),
            allocations: Vec::new(),
            root: 0,
            root_align: 1,
            receiver,
            handles: Vec::new(),
        }
    }

    /// A message whose values travel in memory, in `size` bytes.
    pub(crate) fn in_memory(receiver: Option<Receiver>, size: u32, align: u32) -> Self {
        let mut message = Self::flat(receiver);
        message.root = message.reserve(size as usize).1;
        message.root_align = align;
        message
    }

    /// Append one core value.
    #[inline]
    pub(crate) fn push(&mut self, bits: u64) {
        self.flat[self.count] = bits;
        self.count += 1;
    }

    /// Make room in the image: (start, end).
    pub(crate) fn reserve(&mut self, length: usize) -> (usize, usize) {
        let start = self.image.len();
        self.image.resize(start + length, 0);
        (start, start + length)
    }

    /// Write the `size` low bytes of `bits` into the image.
    #[inline]
    pub(crate) fn write(&mut self, at: usize, bits: u64, size: u32) {
        let size = size as usize;
        self.image[at..at + size].copy_from_slice(&bits.to_le_bytes()[..size]);
    }

    /// Write a word of 4 or 8 bytes into the image.
    #[inline]
    fn word(&mut self, at: usize, bits: u64, width: u32) {
        match width {
            4 => self.write(at, bits, 4),
            _ => self.write(at, bits, 8),
        }
    }

    /// Refer to a new allocation of `length` elements from `place`; the address follows when the message is placed.
    pub(crate) fn refer(&mut self, place: Place, length: usize, content: Content, align: u32) {
        self.set_length(place, length);
        self.allocations.push(Allocation { content, align, place });
    }

    fn set_length(&mut self, place: Place, length: usize) {
        match place {
            Place::Flat(slot) => self.flat[slot + 1] = length as u64,
            Place::Image { at, width } => self.word(at + width as usize, length as u64, width),
        }
    }

    /// Refer to a handle from `place`; its index in the guest's table follows when the message is placed.
    pub(crate) fn hand(&mut self, place: Place, owned: bool, held: Held) {
        self.handles.push(Handed { place, owned, held, passing: None });
    }

    /// Take the handles from Python, which may have used them since they were converted, on another thread.
    pub(crate) fn take_handles(&mut self) -> PyResult<()> {
        for index in 0..self.handles.len() {
            match self.take(index) {
                Ok(passing) => self.handles[index].passing = Some(passing),
                Err(message) => {
                    self.regain();
                    return Err(Error::Resource(message).into());
                }
            }
        }
        Ok(())
    }

    /// Take back what was about to be given away; `drop` takes back what was lent.
    #[cold]
    fn regain(&mut self) {
        for handed in self.handles.iter_mut().filter(|handed| handed.owned) {
            match (&handed.held, handed.passing.take()) {
                (Held::Handle(handle), Some(Passing::Guest(resource))) => handle.get().regain(resource),
                (Held::Object { .. }, Some(Passing::Host { representation, .. })) => {
                    drop(self.receiver.as_ref().map(|receiver| receiver.host.remove(representation)));
                }
                _ => {}
            }
        }
    }

    fn take(&mut self, index: usize) -> Result<Passing, String> {
        let handed = &mut self.handles[index];
        match &mut handed.held {
            Held::Handle(handle) => {
                let handle = handle.get();
                let resource = if handed.owned { handle.give() } else { handle.lend() };
                let reason = || handle.unusable(handed.owned).unwrap_or_else(|| "a handle changed hands".to_owned());
                resource.map(Passing::Guest).ok_or_else(reason)
            }
            Held::Object { resource, object } => {
                let host = self.receiver.as_ref().map(|receiver| &receiver.host);
                let representation = host.zip(object.take()).and_then(|(host, object)| host.insert(object));
                let representation = representation.ok_or("the guest holds too many of the host's objects")?;
                Ok(Passing::Host { resource: *resource, representation })
            }
        }
    }

    /// Allocate room in the guest for everything the message refers to, and copy it there.
    ///
    /// A message in memory is written to `root`, or to room that is allocated for it where that is `None`; the answer is
    /// its address.
    pub(crate) fn place<A: Allocate>(&mut self, guest: &mut A, root: Option<usize>) -> Result<Option<usize>, A::Error> {
        for index in 0..self.handles.len() {
            let Handed { place, owned, passing, .. } = self.handles[index];
            if let Some(passing) = passing {
                let index = guest.enter(passing, owned)?;
                self.set_handle(place, index);
            }
        }
        if self.allocations.is_empty() && self.root == 0 {
            return Ok(None);
        }
        let encoding = guest.encoding()?;
        let root = match root {
            None if self.root > 0 => Some(guest.allocate(self.root_align, self.root)?),
            root => root,
        };
        let mut addresses = Vec::with_capacity(self.allocations.len());
        for index in 0..self.allocations.len() {
            addresses.push(self.allocate(guest, index, encoding)?);
        }
        // In a call that let the interpreter go, other threads may write to buffers such as those of bytearrays.
        if self.allocations.iter().any(|allocation| allocation.content.is_mutable()) {
            Python::attach(|_| self.copy(guest, root, &addresses))?;
        } else {
            self.copy(guest, root, &addresses)?;
        }
        Ok(root)
    }

    fn allocate<A: Allocate>(&mut self, guest: &mut A, index: usize, encoding: Encoding) -> Result<usize, A::Error> {
        let allocation = &mut self.allocations[index];
        let mut length = None;
        if allocation.content.is_text() && encoding != Encoding::Utf8 {
            let text = std::str::from_utf8(allocation.content.bytes(&[])).expect("Python's text is UTF-8");
            if let Some((bytes, units, align)) = transcode(text, encoding) {
                allocation.content = Content::Encoded(bytes);
                allocation.align = align;
                length = Some(units);
            }
        }
        let (place, align) = (allocation.place, allocation.align);
        let address = guest.allocate(align, allocation.content.length())?;
        self.resolve(place, address, length);
        Ok(address)
    }

    /// Copy everything to its place in the guest's memory.
    fn copy<A: Allocate>(&self, guest: &mut A, root: Option<usize>, addresses: &[usize]) -> Result<(), A::Error> {
        let root = root.map(|root| (root, &self.image[..self.root]));
        let contents = self.allocations.iter().map(|allocation| allocation.content.bytes(&self.image));
        guest.write(root.into_iter().chain(addresses.iter().copied().zip(contents)))
    }

    /// Fill in the index of a handle.
    fn set_handle(&mut self, place: Place, index: u32) {
        match place {
            Place::Flat(slot) => self.flat[slot] = index.into(),
            Place::Image { at, width } => self.word(at, index.into(), width),
        }
    }

    /// Fill in the address of an allocation, and its length where encoding changed it.
    fn resolve(&mut self, place: Place, address: usize, length: Option<usize>) {
        match place {
            Place::Flat(slot) => self.flat[slot] = address as u64,
            Place::Image { at, width } => self.word(at, address as u64, width),
        }
        if let Some(length) = length {
            self.set_length(place, length);
        }
    }
}

impl Content {
    /// Bytes to allocate.
    fn length(&self) -> usize {
        match self {
            Self::Image { length, .. } | Self::Borrowed { length, .. } => *length,
            Self::Encoded(bytes) => bytes.len(),
        }
    }

    /// Whether the content is text as Python holds it, in UTF-8.
    fn is_text(&self) -> bool {
        matches!(self, Self::Borrowed { owner: Owner::Text(_), .. })
    }

    /// Whether another thread of the interpreter could change the bytes.
    fn is_mutable(&self) -> bool {
        matches!(self, Self::Borrowed { owner: Owner::Buffer(_), .. })
    }

    /// The bytes themselves.
    fn bytes<'a>(&'a self, image: &'a [u8]) -> &'a [u8] {
        match self {
            Self::Image { start, length } => &image[*start..][..*length],
            // SAFETY: `owner` keeps the object and, for a buffer, its export alive, so that the memory is not freed
            // or moved. Bytes and texts never change; a buffer may, so it is read only while this thread is attached to
            // the interpreter. Without the GIL, an application that writes to it meanwhile races with itself, as with
            // any other reader of the buffer protocol.
            Self::Borrowed { pointer, length, owner: _ } => unsafe { std::slice::from_raw_parts(*pointer, *length) },
            Self::Encoded(bytes) => bytes,
        }
    }
}

impl Drop for Message {
    /// What was lent comes back; what never reached the guest is let go.
    fn drop(&mut self) {
        for handed in self.handles.drain(..).filter(|handed| !handed.owned) {
            match (handed.held, handed.passing) {
                (Held::Handle(handle), Some(_)) => handle.get().give_back(),
                (Held::Object { .. }, Some(Passing::Host { representation, .. })) => {
                    if let Some(receiver) = &self.receiver {
                        drop(receiver.host.remove(representation));
                    }
                }
                _ => {}
            }
        }
    }
}
