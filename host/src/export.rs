//! Exported functions that can be called.

use std::sync::Arc;

use crate::pace::Pace;
use crate::resource::Member;
use crate::signature::Signature;
use crate::world::{Interface, label};

/// An exported function, and how it is called.
pub(crate) struct Export {
    pub interface: Option<String>,
    /// The name in WIT.
    pub name: String,
    pub label: String,
    pub signature: Arc<Signature>,
    pub wit: String,
    pub docs: Option<String>,
    pub member: Option<Member>,
    pub pace: Pace,
}

/// The functions of `exports` whose types can cross.
pub(crate) fn callable(exports: &[Interface]) -> Vec<Arc<Export>> {
    let mut found = Vec::new();
    for interface in exports {
        for function in &interface.functions {
            let Ok(signature) = &function.signature else { continue };
            found.push(Arc::new(Export {
                interface: interface.name.clone(),
                name: function.name.clone(),
                label: label(interface.name.as_deref(), &function.name),
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
