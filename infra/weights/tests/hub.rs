//! A person fetches weights from a hub that is played here.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::HashMap,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
};

use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;
use weights::{Consent, Home, Hub, Published, adopt, ask, fetch};

const MODEL: Published = Published {
    name: "tiny",
    repository: "somebody/tiny",
    files: &["model_index.json", "unet/model.fp16.safetensors"],
    notice: "Made of thin air.",
};

/// A hub with one repository, and what it was asked.
struct PlayedHub {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// What goes wrong there.
#[derive(Clone, Copy, PartialEq)]
enum Fault {
    None,
    /// The first answer of more than a byte ends half-way.
    BreaksOff,
    /// Other bytes than were stored arrive of this file.
    Damages(&'static str),
    /// Only whoever shows this token is answered.
    AsksForToken(&'static str),
}

impl PlayedHub {
    fn open(fault: Fault) -> Self {
        let files: HashMap<String, Vec<u8>> = MODEL
            .files
            .iter()
            .map(|file| {
                (
                    format!("/somebody/tiny/resolve/main/{file}"),
                    contents(file),
                )
            })
            .collect();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let notes = asked.clone();
        std::thread::spawn(move || {
            let mut broken = false;
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = answer(&mut stream, &files, fault, &mut broken, &notes);
            }
        });
        Self { address, asked }
    }

    fn ranges(&self, file: &str) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        let of_file = asked.iter().filter_map(|line| line.split_once(' '));
        let of_file = of_file.filter(|(path, _)| path.ends_with(file));
        of_file.map(|(_, range)| range.to_owned()).collect()
    }

    fn hub(&self, token: Option<&str>) -> Hub {
        Hub {
            endpoint: Some(self.address.clone()),
            token: token.map(String::from),
            progress: false,
        }
    }
}

fn answer(
    stream: &mut TcpStream,
    files: &HashMap<String, Vec<u8>>,
    fault: Fault,
    broken: &mut bool,
    notes: &Mutex<Vec<String>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().unwrap()?;
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = HashMap::new();
    for line in lines {
        let line = line?;
        let Some((name, value)) = line.split_once(": ") else {
            break;
        };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let range = headers.get("range").cloned().unwrap_or_default();
    notes.lock().unwrap().push(format!("{path} {range}"));
    if let Fault::AsksForToken(token) = fault
        && headers.get("authorization") != Some(&format!("Bearer {token}"))
    {
        return stream.write_all(b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n");
    }
    let Some(file) = files.get(&path) else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    };
    let etag = if path.ends_with("safetensors") {
        hex::encode(Sha256::digest(file))
    } else {
        let as_git = Sha1::new_with_prefix(format!("blob {}\0", file.len()));
        hex::encode(as_git.chain_update(file).finalize())
    };
    let (from, to) = range.trim_start_matches("bytes=").split_once('-').unwrap();
    let from: usize = from.parse().unwrap();
    let to = to.parse().map_or(file.len(), |to: usize| to + 1);
    let mut body = file[from..to].to_vec();
    let head = format!(
        "HTTP/1.1 206 Partial Content\r\nx-repo-commit: c0ffee\r\netag: \"{etag}\"\r\n\
         content-range: bytes {from}-{}/{}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        to - 1,
        file.len(),
        body.len()
    );
    stream.write_all(head.as_bytes())?;
    if fault == Fault::BreaksOff && body.len() > 1000 && !*broken {
        *broken = true;
        body.truncate(body.len() / 2);
    }
    if let Fault::Damages(file) = fault
        && path.ends_with(file)
    {
        let middle = body.len() / 2;
        body[middle] ^= 1;
    }
    stream.write_all(&body)
}

fn contents(file: &str) -> Vec<u8> {
    if file.ends_with("safetensors") {
        (0..200_000_u32).map(|i| (i % 251) as u8).collect()
    } else {
        b"{}".to_vec()
    }
}

fn home() -> (TempDir, Home) {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::new(folder.path().join("weights"));
    (folder, home)
}

#[test]
fn what_is_fetched_lies_where_the_engine_looks_and_is_not_fetched_again() {
    let (played, (_folder, home)) = (PlayedHub::open(Fault::None), home());
    let model = fetch(&MODEL, &played.hub(None), &home).unwrap();
    assert_eq!(model, home.model("tiny"));
    for file in MODEL.files {
        assert_eq!(std::fs::read(model.join(file)).unwrap(), contents(file));
    }
    let before = played.asked.lock().unwrap().len();
    fetch(&MODEL, &played.hub(None), &home).unwrap();
    assert_eq!(played.asked.lock().unwrap().len(), before);
}

#[test]
fn a_broken_download_goes_on_where_it_stopped() {
    let (played, (_folder, home)) = (PlayedHub::open(Fault::BreaksOff), home());
    let model = fetch(&MODEL, &played.hub(None), &home).unwrap();
    let file = MODEL.files[1];
    assert_eq!(std::fs::read(model.join(file)).unwrap(), contents(file));
    assert_eq!(
        played.ranges(file),
        ["bytes=0-0", "bytes=0-", "bytes=100000-"]
    );
}

#[test]
fn a_damaged_file_is_thrown_away_and_fetched_anew() {
    for file in MODEL.files {
        let (played, (_folder, home)) = (PlayedHub::open(Fault::Damages(file)), home());
        let refused = fetch(&MODEL, &played.hub(None), &home).unwrap_err();
        let expected = format!("{file} arrived damaged");
        assert!(refused.to_string().contains(&expected), "{refused}");
        assert!(!home.model("tiny").exists());
        let mended = PlayedHub::open(Fault::None);
        let model = fetch(&MODEL, &mended.hub(None), &home).unwrap();
        assert_eq!(std::fs::read(model.join(file)).unwrap(), contents(file));
    }
}

#[test]
fn a_folder_of_another_programs_downloads_is_checked_too() {
    let (played, (folder, home)) = (PlayedHub::open(Fault::None), home());
    let others = Home::new(folder.path().join("others"));
    let theirs = fetch(&MODEL, &played.hub(None), &others).unwrap();
    adopt(&MODEL, &theirs, &home).unwrap();
    for file in MODEL.files {
        let stored = theirs.join(file).canonicalize().unwrap();
        std::fs::write(&stored, "cut off").unwrap();
        let refused = adopt(&MODEL, &theirs, &home).unwrap_err().to_string();
        assert!(refused.contains("is damaged"), "{refused}");
        assert!(stored.is_file(), "what is not ours is not thrown away");
        std::fs::write(&stored, contents(file)).unwrap();
    }
}

#[test]
fn a_closed_repository_opens_to_its_token() {
    let played = PlayedHub::open(Fault::AsksForToken("hf_secret"));
    let (_folder, home) = home();
    let refused = fetch(&MODEL, &played.hub(None), &home).unwrap_err();
    assert!(refused.to_string().contains("run this again"), "{refused}");
    let hub = played.hub(Some("hf_secret"));
    assert!(!format!("{hub:?}").contains("hf_secret"));
    fetch(&MODEL, &hub, &home).unwrap();
}

#[test]
fn what_weights_are_made_of_is_shown_and_asked_once() {
    let (_folder, home) = home();
    let mut shown = Vec::new();
    let say = |answer: &str, shown: &mut Vec<u8>| {
        ask(&MODEL, &home, Consent::Ask, &mut answer.as_bytes(), shown)
    };
    let nobody = say("", &mut shown).unwrap_err().to_string();
    assert!(nobody.contains("--yes"), "{nobody}");
    assert!(say("n\n", &mut shown).is_err());
    say("y\n", &mut shown).unwrap();
    let before = shown.len();
    say("", &mut shown).unwrap();
    assert_eq!(shown.len(), before);
    let shown = String::from_utf8(shown).unwrap();
    assert_eq!(shown.matches("Made of thin air.").count(), 3);
}

#[test]
fn a_folder_that_is_here_can_be_used_in_either_precision() {
    let (folder, home) = home();
    let own = folder.path().join("own");
    std::fs::create_dir_all(own.join("unet")).unwrap();
    std::fs::write(own.join("model_index.json"), "{}").unwrap();
    let refused = adopt(&MODEL, &own, &home).unwrap_err().to_string();
    assert!(
        refused.contains("lacks unet/model.safetensors"),
        "{refused}"
    );
    std::fs::write(own.join("unet/model.safetensors"), "…").unwrap();
    let model = adopt(&MODEL, &own, &home).unwrap();
    assert!(model.join("unet/model.safetensors").is_file());
}
