//! A picture file that the person chose or dropped.

use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, File, FileList, HtmlInputElement, Url};

/// A file of the person's, and an address under which this page can show it.
#[derive(Clone, Debug)]
pub struct Picked {
    /// The file. There is one thread, so it may pretend to go to others.
    pub file: SendWrapper<File>,
    /// Its name, as the person knows it.
    pub name: String,
    /// Its kind, as the browser understands it, for example `image/png`.
    pub kind: String,
    /// How large it is.
    pub bytes: u64,
    /// Where the page finds it; see [`forget`].
    pub preview: String,
}

/// The file that was chosen.
pub fn chosen(input: &HtmlInputElement) -> Option<Picked> {
    first(input.files())
}

/// The file that was dropped.
pub fn dropped(event: &DragEvent) -> Option<Picked> {
    first(event.data_transfer()?.files())
}

/// Whether the pointer went from the element to something within it, which is no leaving.
pub fn stays_inside(event: &DragEvent) -> bool {
    let inside = || {
        let element = event.current_target()?.dyn_into::<web_sys::Node>().ok()?;
        let to = event.related_target()?.dyn_into::<web_sys::Node>().ok()?;
        Some(element.contains(Some(&to)))
    };
    inside().unwrap_or(false)
}

/// Lets go of what a preview keeps in memory.
pub fn forget(picked: &Picked) {
    let _ = Url::revoke_object_url(&picked.preview);
}

fn first(files: Option<FileList>) -> Option<Picked> {
    let file = files?.get(0)?;
    let preview = Url::create_object_url_with_blob(&file).ok()?;
    Some(Picked {
        name: file.name(),
        kind: file.type_(),
        bytes: file.size() as u64,
        preview,
        file: SendWrapper::new(file),
    })
}
