"""Records what stable-baselines3's own PPO.train() makes of a batch: loss, KL and gradients.

    pip install stable-baselines3 && python record.py > batch.json

One head each, because stable-baselines3 has one ratio per action and ours is one per head: a Gaussian
over five numbers and a categorical over five values, both linear in sixteen features and a bias. The
old log-probabilities are shifted at random so that some ratios are clipped on either side.
"""

import json

import gymnasium
import numpy as np
import stable_baselines3
import torch
from stable_baselines3 import PPO
from stable_baselines3.common.logger import Logger

BATCH = 32
CLIP = 0.2
SCALE = 0.5


class Nowhere(gymnasium.Env):
    """Only there to tell the spaces: the batch is written into the buffer by hand."""

    observation_space = gymnasium.spaces.Box(-1, 1, (16,))

    def __init__(self, action_space):
        self.action_space = action_space

    def reset(self, seed=None, options=None):
        return np.zeros(16, np.float32), {}

    def step(self, action):
        return np.zeros(16, np.float32), 0.0, True, False, {}


def record(action_space, seed):
    random = np.random.default_rng(seed)
    model = PPO(
        "MlpPolicy",
        Nowhere(action_space),
        n_steps=BATCH,
        batch_size=BATCH,
        n_epochs=1,
        learning_rate=0.0,
        clip_range=CLIP,
        normalize_advantage=False,
        ent_coef=0.0,
        vf_coef=0.0,
        max_grad_norm=1e9,
        seed=seed,
        device="cpu",
        policy_kwargs={"net_arch": [], "log_std_init": float(np.log(SCALE))},
    )
    logger = Logger(folder=None, output_formats=[])
    model.set_logger(logger)
    net = model.policy.action_net
    weights = random.normal(0, 0.3, (5, 16)).astype(np.float32)
    bias = random.normal(0, 0.3, 5).astype(np.float32)
    with torch.no_grad():
        net.weight.copy_(torch.from_numpy(weights))
        net.bias.copy_(torch.from_numpy(bias))
    features = random.integers(-127, 128, (BATCH, 16))
    observations = (features / np.linalg.norm(features, axis=1, keepdims=True)).astype(np.float32)
    with torch.no_grad():
        actions, _, log_prob = model.policy(torch.from_numpy(observations))
    old = (log_prob.numpy() + random.normal(0, 0.3, BATCH)).astype(np.float32)
    advantages = random.normal(0, 1, BATCH).astype(np.float32)
    buffer = model.rollout_buffer
    buffer.reset()
    buffer.observations[:, 0] = observations
    buffer.actions[:, 0] = actions.numpy().reshape(BATCH, -1)
    buffer.log_probs[:, 0] = old
    buffer.advantages[:, 0] = advantages
    buffer.returns[:, 0] = 0.0
    buffer.values[:, 0] = 0.0
    buffer.full = True
    model.train()
    told = logger.name_to_value
    return {
        "weights": weights.tolist(),
        "bias": bias.tolist(),
        "features": features.tolist(),
        "actions": actions.numpy().tolist(),
        "old_log_prob": old.tolist(),
        "advantages": advantages.tolist(),
        "loss": float(told["train/policy_gradient_loss"]),
        "approx_kl": float(told["train/approx_kl"]),
        "clip_fraction": float(told["train/clip_fraction"]),
        "weight_gradient": net.weight.grad.numpy().tolist(),
        "bias_gradient": net.bias.grad.numpy().tolist(),
    }


print(
    json.dumps(
        {
            "stable_baselines3": stable_baselines3.__version__,
            "clip_range": CLIP,
            "scale": SCALE,
            "gaussian": record(gymnasium.spaces.Box(-9, 9, (5,)), 1),
            "categorical": record(gymnasium.spaces.Discrete(5), 2),
        }
    )
)
