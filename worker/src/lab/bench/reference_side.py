"""Measures PPO's update on a batch that comes as JSON: stable-baselines3's own, and torch by hand.

    python -c reference_side.py < batch.json

stable-baselines3 has one Gaussian over all twenty numbers with one ratio, a value head, Adam and a limit
on the gradient; what it costs is its `PPO.train()`, unchanged. By hand there is only what our side
does too: four heads with a ratio each, the clipped loss, its gradient, a plain step.
"""

import json
import platform
import sys
import time

import gymnasium
import numpy as np
import stable_baselines3
import torch
from stable_baselines3 import PPO
from stable_baselines3.common.logger import Logger

torch.set_num_threads(1)
batch = json.load(sys.stdin)
EPOCHS, REPEATS, SCALE = batch["epochs"], batch["repeats"], batch["scale"]
WEIGHTS, PROMPTS, ACTIONS, OLD, ADVANTAGES = (
    np.array(batch[name], np.float32)
    for name in ["weights", "prompts", "actions", "old_log_prob", "advantages"]
)
COUNT, HEADS = OLD.shape


class Nowhere(gymnasium.Env):
    """Only there to tell the spaces: the batch is written into the buffer by hand."""

    observation_space = gymnasium.spaces.Box(-1, 1, (PROMPTS.shape[1],))
    action_space = gymnasium.spaces.Box(-9, 9, (ACTIONS.shape[1],))

    def reset(self, seed=None, options=None):
        return self.observation_space.sample() * 0, {}

    def step(self, action):
        return self.observation_space.sample() * 0, 0.0, True, False, {}


def timed(before, work):
    """Warm up, then processor seconds of each repeat; `before` is not counted."""
    times = []
    for repeat in range(REPEATS + 20):
        before()
        start = time.thread_time()
        work()
        times.append(time.thread_time() - start)
    return times[20:]


def theirs():
    model = PPO(
        "MlpPolicy",
        Nowhere(),
        n_steps=COUNT,
        batch_size=COUNT,
        n_epochs=EPOCHS,
        learning_rate=1e-4,
        clip_range=0.2,
        normalize_advantage=False,
        device="cpu",
        policy_kwargs={"net_arch": [], "log_std_init": float(np.log(SCALE))},
    )
    model.set_logger(Logger(folder=None, output_formats=[]))
    net, buffer = model.policy.action_net, model.rollout_buffer

    def before():
        with torch.no_grad():
            net.weight.copy_(torch.from_numpy(WEIGHTS[:, 1:]))
            net.bias.copy_(torch.from_numpy(WEIGHTS[:, 0]))
        buffer.reset()
        buffer.observations[:, 0] = PROMPTS
        buffer.actions[:, 0] = ACTIONS
        buffer.log_probs[:, 0] = OLD.sum(1)
        buffer.advantages[:, 0] = ADVANTAGES
        buffer.full = True

    return timed(before, model.train)


def by_hand():
    weights = torch.tensor(WEIGHTS, requires_grad=True)
    prompts = torch.cat([torch.ones(COUNT, 1), torch.from_numpy(PROMPTS)], 1)
    actions, old = torch.from_numpy(ACTIONS), torch.from_numpy(OLD)
    advantages = torch.from_numpy(ADVANTAGES)[:, None]
    width = ACTIONS.shape[1] // HEADS
    constant = width * float(np.log(SCALE) + np.log(2 * np.pi) / 2)

    def before():
        with torch.no_grad():
            weights.copy_(torch.from_numpy(WEIGHTS))

    def work():
        for _ in range(EPOCHS):
            square = (actions - prompts @ weights.T).square().view(COUNT, HEADS, width).sum(2)
            ratio = (-square / (2 * SCALE * SCALE) - constant - old).exp()
            gain = torch.min(ratio * advantages, ratio.clamp(0.8, 1.2) * advantages)
            (gradient,) = torch.autograd.grad(gain.sum() / COUNT, weights)
            with torch.no_grad():
                weights.add_(gradient, alpha=0.5 * SCALE * SCALE)

    return timed(before, work)


answer = {"stable_baselines3": theirs(), "torch_by_hand": by_hand()}
answer["versions"] = (
    f"stable-baselines3 {stable_baselines3.__version__}, torch {torch.__version__}, "
    f"Python {platform.python_version()}"
)
print(json.dumps(answer))
