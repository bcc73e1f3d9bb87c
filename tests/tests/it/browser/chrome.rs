//! One Chromium with a profile of its own, driven from outside.

mod complaints;

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use services::{Process, Signal, chromium, free_port};
use tempfile::TempDir;
use tests::{Person, Stack, wait};
use thirtyfour::{
    By, ChromiumLikeCapabilities as _, DesiredCapabilities, Key, LoggingPrefsLogLevel, WebDriver,
    WebElement, WindowHandle, common::types::TimeoutConfiguration,
};

use super::COMMAND;
use complaints::HARMLESS;

/// A browser. [`Chrome::close`] is the end of every walk: it looks at the console.
pub struct Chrome {
    /// What drives it.
    pub driver: WebDriver,
    ignored: Vec<&'static str>,
    // In the order in which they must go.
    _process: Process,
    _profile: TempDir,
}

const FLAGS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

impl Chrome {
    /// Opens one with a window of that size.
    pub async fn open((width, height): (u32, u32)) -> Self {
        assert!(
            std::env::var_os("ATELIER_SITE").is_some(),
            "ATELIER_SITE names no built pages: `cargo xtask test` builds them, or `cargo xtask \
             bundle` does and says where"
        );
        let found = chromium::find().expect("a browser: `cargo xtask setup --browser`");
        let profile = tempfile::tempdir().expect("a folder for the profile");
        let port = free_port();
        let mut command = Command::new(&found.driver);
        command
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // What the browser leaves in the temporary folder goes with its profile.
        command.env("TMPDIR", profile.path());
        let process = Process::spawn("chromedriver", &mut command, Signal::SIGTERM);
        let process = process.expect("chromedriver starts");

        let mut wishes = DesiredCapabilities::chrome();
        wishes
            .set_binary(&found.chrome.to_string_lossy())
            .expect("a path");
        let folder = format!(
            "--user-data-dir={}",
            profile.path().join("profile").display()
        );
        let size = format!("--window-size={width},{height}");
        for flag in FLAGS.into_iter().chain([folder.as_str(), size.as_str()]) {
            wishes.add_arg(flag).expect("a flag");
        }
        wishes
            .set_browser_log_level(LoggingPrefsLogLevel::All)
            .expect("a level");
        let driver = wait::until("the browser starts", async || {
            WebDriver::new(format!("http://127.0.0.1:{port}"), wishes.clone()).await
        })
        .await;
        let patience = TimeoutConfiguration::new(Some(COMMAND), Some(COMMAND), None);
        driver.update_timeouts(patience).await.expect("timeouts");
        let chrome = Self {
            driver,
            ignored: vec![HARMLESS],
            _process: process,
            _profile: profile,
        };
        chrome.resize((width, height)).await;
        chrome
    }

    /// A phone is narrower than a window may be, so the page is told its size.
    pub async fn resize(&self, (width, height): (u32, u32)) {
        let metrics = serde_json::json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        let told = self
            .driver
            .cdp()
            .send_raw("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        told.expect("the browser takes the size");
    }

    /// Light or dark.
    pub async fn prefer(&self, scheme: &str) {
        let features = serde_json::json!({
            "features": [{"name": "prefers-color-scheme", "value": scheme}],
        });
        let told = self
            .driver
            .cdp()
            .send_raw("Emulation.setEmulatedMedia", features)
            .await;
        told.expect("the browser takes the colours");
    }

    /// Keeps requests for addresses like that from leaving the browser, and lets all others go.
    pub async fn block(&self, addresses: &str) {
        let network = self.driver.cdp();
        let nothing = serde_json::json!({});
        network
            .send_raw("Network.enable", nothing)
            .await
            .expect("the browser listens");
        let blocked = serde_json::json!({"urls": [addresses]});
        let told = network.send_raw("Network.setBlockedURLs", blocked).await;
        told.expect("the browser blocks");
    }

    /// Runs a script in every page from now on, before anything of the page's own.
    pub async fn before_each_page(&self, script: &str) {
        let script = serde_json::json!({"source": script});
        let told = self
            .driver
            .cdp()
            .send_raw("Page.addScriptToEvaluateOnNewDocument", script)
            .await;
        told.expect("the browser takes the script");
    }

    /// Opens one more tab and goes on in it.
    pub async fn new_tab(&self) -> WindowHandle {
        let tab = self.driver.new_tab().await.expect("a tab opens");
        self.go_to(&tab).await;
        tab
    }

    /// The tab this walk is in.
    pub async fn tab(&self) -> WindowHandle {
        self.driver.window().await.expect("there is a tab")
    }

    /// Goes on in that tab, which comes to the front.
    pub async fn go_to(&self, tab: &WindowHandle) {
        let went = self.driver.switch_to_window(tab.clone()).await;
        went.expect("the tab is there");
        let nothing = serde_json::json!({});
        let page = self.driver.cdp();
        let shown = page.send_raw("Page.bringToFront", nothing).await;
        shown.expect("the tab comes to the front");
    }

    /// Goes to an address and waits until the page is alive.
    pub async fn visit(&self, url: &str) {
        self.driver
            .goto(url)
            .await
            .unwrap_or_else(|error| panic!("{url}: {error:?}"));
        self.shown("body[data-hydrated]").await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.driver
            .refresh()
            .await
            .expect("the page is loaded again");
        self.shown("body[data-hydrated]").await;
    }

    /// Logs in as somebody would.
    pub async fn log_in(&self, stack: &Stack, person: &Person) {
        self.visit(&format!("{}/log-in", stack.url())).await;
        self.fill("#email", &person.email).await;
        self.fill("#password", &person.password).await;
        self.click("button[type=submit]").await;
        self.at("/studio").await;
    }

    /// Waits until the address is that path and the page is alive: one that is left while it still
    /// loads complains.
    pub async fn at(&self, path: &str) {
        wait::until(&format!("the page is {path}"), async || {
            let url = self
                .driver
                .current_url()
                .await
                .map_err(|error| format!("{error:?}"))?;
            if url.path() == path {
                Ok(())
            } else {
                Err(url.path().to_owned())
            }
        })
        .await;
        self.shown("body[data-hydrated]").await;
    }

    /// Waits for an element that can be seen.
    pub async fn shown(&self, css: &str) -> WebElement {
        wait::until(&format!("{css} is shown"), async || {
            let all = self
                .driver
                .find_all(By::Css(css))
                .await
                .map_err(|e| format!("{e:?}"))?;
            for element in all {
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element);
                }
            }
            Err("not there".to_owned())
        })
        .await
    }

    /// Writes into a field.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.shown(css).await;
        field
            .send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("{css}: {error:?}"));
    }

    /// Writes into a field in place of what stands there.
    pub async fn replace(&self, css: &str, text: &str) {
        let field = self.shown(css).await;
        // Chosen and typed over, as a person does: a script would not be noticed by the page.
        field
            .send_keys(Key::Control + "a")
            .await
            .expect("all of it is chosen");
        self.fill(css, text).await;
    }

    /// Presses a button once it can be pressed.
    pub async fn click(&self, css: &str) {
        wait::until(&format!("{css} is pressed"), async || {
            let element = self.shown(css).await;
            match element.is_enabled().await {
                Ok(true) => element.click().await.map_err(|error| format!("{error:?}")),
                other => Err(format!("not enabled: {other:?}")),
            }
        })
        .await;
    }

    /// Presses the button with that label.
    pub async fn press_button(&self, label: &str) {
        wait::until(&format!("the button {label:?} is pressed"), async || {
            let xpath = format!("//button[starts-with(normalize-space(.), '{label}')]");
            let buttons = self.driver.find_all(By::XPath(xpath)).await;
            for button in buttons.map_err(|error| format!("{error:?}"))? {
                if button.is_displayed().await.unwrap_or(false) {
                    return button.click().await.map_err(|error| format!("{error:?}"));
                }
            }
            Err("not there".to_owned())
        })
        .await;
    }

    /// Presses a key with nothing focused.
    pub async fn key(&self, key: &str) {
        let body = self.shown("body").await;
        body.send_keys(key)
            .await
            .unwrap_or_else(|error| panic!("{key}: {error:?}"));
    }

    /// As [`Chrome::key`], for a key without a letter.
    pub async fn special_key(&self, key: Key) {
        let focused = self
            .driver
            .active_element()
            .await
            .expect("something is focused");
        focused
            .send_keys(key + "")
            .await
            .expect("the key is pressed");
    }

    /// Waits until some element like that says so.
    pub async fn says(&self, css: &str, words: &str) {
        wait::until(&format!("{css} says {words:?}"), async || {
            let mut texts = Vec::new();
            for element in self
                .driver
                .find_all(By::Css(css))
                .await
                .map_err(|e| format!("{e:?}"))?
            {
                texts.push(element.text().await.unwrap_or_default());
            }
            if texts.iter().any(|text| text.contains(words)) {
                Ok(())
            } else {
                Err(texts.join(" | "))
            }
        })
        .await;
    }

    /// Waits until no element like that says so.
    pub async fn hears_no_more(&self, css: &str, words: &str) {
        let all = format!(
            "return [...document.querySelectorAll('{css}')].map(e => e.textContent).join(' | ')"
        );
        wait::until(&format!("{css} says {words:?} no more"), async || {
            let text: String = self.script(&all).await;
            if text.contains(words) {
                Err(text)
            } else {
                Ok(())
            }
        })
        .await;
    }

    /// Waits until no element like that is in the page.
    pub async fn gone(&self, css: &str) {
        wait::until(&format!("{css} is gone"), async || {
            match self.driver.find_all(By::Css(css)).await {
                Ok(found) if found.is_empty() => Ok(()),
                other => Err(format!("{other:?}")),
            }
        })
        .await;
    }

    /// What a script says; `return` included.
    pub async fn script<T: serde::de::DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.driver.execute(script, Vec::new()).await;
        let answer = answer.unwrap_or_else(|error| panic!("{script}: {error:?}"));
        answer
            .convert()
            .unwrap_or_else(|error| panic!("{script}: {error:?}"))
    }

    /// Keeps what can be seen now, for people to look at. The name may begin with a folder.
    pub async fn picture(&self, name: &str) {
        let path = screenshots().join(format!("{name}.png"));
        let folder = path.parent().expect("a file lies in a folder");
        std::fs::create_dir_all(folder).expect("a folder for the screenshots");
        self.driver.screenshot(&path).await.expect("a screenshot");
    }

    /// Closes the browser. Its console must be empty.
    pub async fn close(self) {
        let log = self.driver.browser_log().await.expect("the console");
        let complaints: Vec<_> = log
            .into_iter()
            .map(|entry| format!("{} {}", entry.level, entry.message))
            .filter(|entry| !self.ignored.iter().any(|part| entry.contains(part)))
            .collect();
        if !complaints.is_empty() {
            self.picture("complaints").await;
        }
        self.driver
            .clone()
            .quit()
            .await
            .expect("the browser closes");
        assert!(
            complaints.is_empty(),
            "the console says:\n{}",
            complaints.join("\n")
        );
    }
}

/// `target/screenshots`, wherever the target folder is.
fn screenshots() -> PathBuf {
    let test = std::env::current_exe().expect("this test is a file");
    test.ancestors()
        .nth(3)
        .expect("below the target folder")
        .join("screenshots")
}
