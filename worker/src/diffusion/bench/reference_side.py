"""The reference's side of the bench: loads the same model, then times what each line asks for.

Arguments: model folder or "-" for random weights, device, dtype, threads, two configurations.
A line in:  width height pictures steps repeats.  A line out: seconds of each repeat, or "full".
"""
import json, sys, time
import torch
from diffusers import AutoencoderKL, EulerDiscreteScheduler, UNet2DConditionModel

model, device, dtype, threads, unet_config, vae_config = sys.argv[1:7]
torch.set_grad_enabled(False)
torch.set_num_threads(int(threads))
dtype = getattr(torch, dtype)
vae_dtype = torch.float32 if dtype == torch.float16 else dtype
if model == "-":
    with torch.device(device):
        given = {k: v for k, v in json.loads(unet_config).items() if v is not None}
        unet = UNet2DConditionModel.from_config(given).to(dtype)
        vae = AutoencoderKL.from_config(json.loads(vae_config)).to(vae_dtype)
    euler = EulerDiscreteScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
                                   timestep_spacing="leading", steps_offset=1)
else:
    for variant in ("fp16", None):
        try:
            load = dict(variant=variant, use_safetensors=True)
            unet = UNet2DConditionModel.from_pretrained(model, subfolder="unet", torch_dtype=dtype, **load)
            vae = AutoencoderKL.from_pretrained(model, subfolder="vae", torch_dtype=vae_dtype, **load)
            break
        except OSError:
            if variant is None:
                raise
    unet, vae = unet.to(device), vae.to(device)
    euler = EulerDiscreteScheduler.from_pretrained(model, subfolder="scheduler")
unet.eval(), vae.eval()
width_pooled = unet.config.projection_class_embeddings_input_dim - 6 * unet.config.addition_time_embed_dim
print("ready", flush=True)


def forward(x, t, context, added):
    return unet(x, t, encoder_hidden_states=context, added_cond_kwargs=added, return_dict=False)[0]


def measure(width, height, pictures, steps, repeats):
    rows = 2 * pictures
    kw = dict(device=device, dtype=dtype)
    x = torch.randn(rows, unet.config.in_channels, height // 8, width // 8, **kw)
    context = torch.randn(rows, 77, unet.config.cross_attention_dim, **kw)
    added = {"text_embeds": torch.randn(rows, width_pooled, **kw), "time_ids": torch.full((rows, 6), 512.0, **kw)}
    times = []
    for _ in range(repeats):
        if device != "cpu":
            torch.cuda.synchronize()
        started = time.perf_counter()
        if steps == 0:
            forward(x, torch.tensor(500.0, device=device), context, added)
        else:
            # The loop of StableDiffusionXLPipeline, without its checks and progress bar.
            euler.set_timesteps(steps, device=device)
            latents = x[:pictures] * euler.init_noise_sigma
            for t in euler.timesteps:
                seen = euler.scale_model_input(torch.cat([latents] * 2), t)
                uncond, cond = forward(seen, t, context, added).chunk(2)
                latents = euler.step(uncond + 5.0 * (cond - uncond), t, latents, return_dict=False)[0]
            for row in latents.to(vae_dtype).split(1):
                (vae.decode(row / vae.config.scaling_factor, return_dict=False)[0] / 2 + 0.5).clamp(0, 1)
        if device != "cpu":
            torch.cuda.synchronize()
        times.append(time.perf_counter() - started)
    return times


for line in sys.stdin:
    try:
        times = measure(*map(int, line.split()))
    except torch.OutOfMemoryError:
        times = ["full"]
    print(*times, flush=True)
    if device != "cpu":
        # Both sides share the device.
        torch.cuda.empty_cache()
