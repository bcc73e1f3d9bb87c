//! A version proposes a mix, and the engine paints it, over the artist's drawing if there is one.

use wire::{
    drawing::Drawing,
    job::{GenerateImage, ImageMade},
};

use super::recall;
use crate::{
    engine::{PaintRequest, Start, Wishes},
    handler::{Context, Failure, Handler},
    learner::diversity::Shown,
    sketch::Picture,
};

impl Handler for GenerateImage {
    type Product = ImageMade;

    async fn run(self, context: &Context) -> Result<ImageMade, Failure> {
        let Self {
            policy,
            prompt,
            mut recent,
            variety,
            proposal_seed,
            image_seed,
            drawing,
            width,
            height,
        } = self;
        let learner = recall(policy, context).await?;
        // The queue says newest first, a learner reads oldest first.
        recent.reverse();
        let asked = prompt.clone();
        let propose = context.tools.learners.run(move |memory| {
            let shown = Shown {
                recent: &recent,
                variety,
            };
            let proposal = learner.propose(&asked, shown, proposal_seed);
            memory.keep(policy, learner);
            proposal
        });
        let proposal = propose.await?;
        if proposal.policy != policy {
            let made_by = proposal.policy;
            return Err(Failure::Refuse(format!(
                "{policy} restored proposes as {made_by}"
            )));
        }
        context.go_on()?;
        context.progress.propose(proposal.mix);

        let start = match drawing {
            Some(drawing) => Some(fetch(drawing, context).await?),
            None => None,
        };
        let request = PaintRequest {
            prompt,
            mix: proposal.mix,
            seed: image_seed,
            width,
            height,
            wishes: Wishes {
                start,
                ..Wishes::default()
            },
        };
        let progress = context.progress.clone();
        let painter = &context.tools.painter;
        let report = move |step, steps| progress.report(step, steps);
        let (painted, took) = painter
            .paint(request, report, context.cancel.clone())
            .await?;
        let painted_in_ms = u32::try_from(took.as_millis()).unwrap_or(u32::MAX);
        let engine = painter.engine().to_owned();
        context.go_on()?;

        let bytes = painted.png.len() as u64;
        let blob = context.tools.blobs.put(painted.png).await?;
        let (width, height) = (painted.width, painted.height);
        Ok(ImageMade {
            proposal,
            blob,
            bytes,
            engine,
            width,
            height,
            painted_in_ms,
        })
    }
}

/// The drawing as the engine wants it. One that is gone may have been taken away or changed since:
/// asked again, the server says what holds now.
async fn fetch(drawing: Drawing, context: &Context) -> Result<Start, Failure> {
    let Drawing { blob, strength } = drawing;
    let file = context.tools.blobs.get(blob).await?;
    let picture = Picture::from_png(&file)
        .map_err(|error| Failure::Refuse(format!("drawing {blob} is unusable: {error}")))?;
    Ok(Start {
        picture,
        strength: strength.get(),
    })
}
