//! Exported functions that can be called.

use std::sync::Arc;

use wasmtime::component::{Component, ComponentExportIndex};

use crate::pace::Pace;
use crate::resource::Member;
use crate::signature::Signature;
use crate::world::{Interface, label};

/// An exported function: where it is, and how it is called.
pub(crate) struct Export {
    pub interface: Option<String>,
    pub label: String,
    pub index: ComponentExportIndex,
    pub signature: Arc<Signature>,
    pub wit: String,
    pub docs: Option<String>,
    pub member: Option<Member>,
    pub pace: Pace,
}

/// The functions of `exports` whose types can cross.
pub(crate) fn callable(compiled: &Component, exports: &[Interface]) -> Vec<Arc<Export>> {
    let mut found = Vec::new();
    for interface in exports {
        let parent = interface.name.as_deref().and_then(|name| compiled.get_export_index(None, name));
        for function in &interface.functions {
            let index = compiled.get_export_index(parent.as_ref(), &function.name);
            let (Some(index), Ok(signature)) = (index, &function.signature) else { continue };
            found.push(Arc::new(Export {
                interface: interface.name.clone(),
                label: label(interface.name.as_deref(), &function.name),
                index,
                signature: Arc::clone(signature),
                wit: function.wit.clone(),
                docs: function.docs.clone(),
                member: function.member.clone(),
                pace: Pace::default(),
            }));
        }
    }
    found
}
