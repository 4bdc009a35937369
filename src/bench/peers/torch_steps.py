#!/usr/bin/env python3
"""PyTorch's side of `assay selftest --only speed`: the same training steps on the same GPU, in eager mode.

Each step has the network, the sizes, the loss, the batch and the optimizer of the step of the same name in
dev.assay.bench.steps; batches come from the host's memory, results stay on the device. Rounds of as many steps as fill a
tenth of a second end in a synchronization; the median of nine counts.

    python3 src/bench/peers/torch_steps.py [--precision fp32|tf32|bf16] [--csv FILE] [NAME...]
"""

import argparse
import math
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn

DEVICE = "cuda"


class Norm(nn.Module):
    """Layer norm with a gain alone."""

    def __init__(self, width):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return F.layer_norm(x, self.gain.shape, self.gain)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm0, self.norm1 = Norm(width), Norm(width)
        self.packed = nn.Linear(width, 3 * width, bias=False)
        self.output = nn.Linear(width, width, bias=False)
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(4 * width, width, bias=False)

    def forward(self, x):
        b, t, width = x.shape
        parts = self.packed(self.norm0(x)).chunk(3, 2)
        q, k, v = (p.view(b, t, self.heads, width // self.heads).transpose(1, 2) for p in parts)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.output(y.transpose(1, 2).reshape(b, t, width))
        return x + self.down(F.gelu(self.up(self.norm1(x))))


class Gpt(nn.Module):
    vocabulary = 65

    def __init__(self, layers, heads, width, context, batch):
        super().__init__()
        self.batch, self.context = batch, context
        self.tokens = nn.Embedding(self.vocabulary, width)
        self.positions = nn.Parameter(0.02 * torch.randn(context, width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.last = Norm(width)
        nn.init.normal_(self.tokens.weight, std=0.02)
        self.items = batch * context
        self.unit = "tokens"
        self.text = torch.randint(self.vocabulary, (1_000_000,))

    def optimizers(self):
        wide = [p for p in self.parameters() if p.dim() > 1]
        flat = [p for p in self.parameters() if p.dim() == 1]
        groups = [{"params": wide, "weight_decay": 0.1}, {"params": flat, "weight_decay": 0.0}]
        return [torch.optim.AdamW(groups, 1e-3, (0.9, 0.99), fused=True)]

    def step(self, optimizers):
        starts = torch.randint(len(self.text) - self.context - 1, (self.batch,))
        rows = starts[:, None] + torch.arange(self.context)
        x, y = moved(self.text[rows]), moved(self.text[rows + 1])
        with automatic():
            h = self.tokens(x) + self.positions
            for block in self.blocks:
                h = block(h)
            logits = F.linear(self.last(h), self.tokens.weight)
            loss = F.cross_entropy(logits.view(-1, self.vocabulary), y.view(-1))
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters(), 1.0)
        update(optimizers)


class Vae(nn.Module):
    def __init__(self, batch):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(784, 400), nn.ReLU(), nn.Linear(400, 40))
        self.decoder = nn.Sequential(nn.Linear(20, 400), nn.ReLU(), nn.Linear(400, 784))
        self.items, self.unit = batch, "examples"
        self.data = torch.rand(10_000, 784)

    def optimizers(self):
        return [torch.optim.Adam(self.parameters(), 1e-3, fused=True)]

    def step(self, optimizers):
        x = batch_of(self.data, self.items)
        with automatic():
            mean, log_variance = self.encoder(x).float().chunk(2, 1)
            z = mean + (0.5 * log_variance).exp() * torch.randn_like(mean)
            nll = F.binary_cross_entropy_with_logits(self.decoder(z).float(), x, reduction="sum")
            kl = 0.5 * (mean.square() + log_variance.exp() - log_variance - 1).sum()
        ((nll + kl) / self.items).backward()
        update(optimizers)


class RealNvp(nn.Module):
    def __init__(self, width, batch):
        super().__init__()
        half = width // 2
        self.couplings = nn.ModuleList(
            nn.Sequential(
                nn.Linear(half, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, width)
            )
            for _ in range(8)
        )
        self.constant = 0.5 * width * math.log(2 * math.pi)
        self.items, self.unit = batch, "examples"
        self.data = torch.randn(20_000, width)

    def optimizers(self):
        return [torch.optim.Adam(self.parameters(), 1e-3, fused=True)]

    def step(self, optimizers):
        kept, other = batch_of(self.data, self.items).chunk(2, 1)
        log_determinant = 0.0
        for coupling in self.couplings:
            with automatic():
                s, t = coupling(kept).float().chunk(2, 1)
            s = s.tanh()
            kept, other = other * s.exp() + t, kept
            log_determinant = log_determinant + s.sum(1)
        square = kept.square().sum(1) + other.square().sum(1)
        (0.5 * square + self.constant - log_determinant).mean().backward()
        update(optimizers)


class Dcgan(nn.Module):
    def __init__(self, batch):
        super().__init__()
        self.generator = nn.Sequential(
            nn.ConvTranspose2d(100, 128, 7, 1, 0, bias=False),
            nn.BatchNorm2d(128),
            nn.ReLU(),
            nn.ConvTranspose2d(128, 64, 4, 2, 1, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(),
            nn.ConvTranspose2d(64, 1, 4, 2, 1),
            nn.Tanh(),
        )
        self.critic = nn.Sequential(
            nn.Conv2d(1, 64, 4, 2, 1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(64, 128, 4, 2, 1),
            nn.LeakyReLU(0.2),
            nn.Flatten(),
            nn.Linear(128 * 49, 1),
        )
        self.items, self.unit = batch, "examples"
        self.data = 2 * torch.rand(5_000, 1, 28, 28) - 1

    def optimizers(self):
        return [
            torch.optim.Adam(part.parameters(), 2e-4, (0.5, 0.999), fused=True)
            for part in (self.generator, self.critic)
        ]

    def step(self, optimizers):
        x = batch_of(self.data, self.items)
        ones, zeros = torch.ones(self.items, 1, device=DEVICE), torch.zeros(self.items, 1, device=DEVICE)
        with automatic():
            made = self.generator(torch.randn(self.items, 100, 1, 1, device=DEVICE))
            real, fake = self.critic(x).float(), self.critic(made.detach()).float()
        loss = F.binary_cross_entropy_with_logits(real, ones)
        (loss + F.binary_cross_entropy_with_logits(fake, zeros)).backward()
        optimizers[1].step()
        optimizers[1].zero_grad()
        with automatic():
            judged = self.critic(made).float()
        F.binary_cross_entropy_with_logits(judged, ones).backward()
        optimizers[0].step()
        for optimizer in optimizers:
            optimizer.zero_grad()


class Residual(nn.Module):
    def __init__(self, inside, out):
        super().__init__()
        self.norm0, self.norm1 = nn.GroupNorm(8, inside), nn.GroupNorm(8, out)
        self.convolution0 = nn.Conv2d(inside, out, 3, padding=1)
        self.convolution1 = nn.Conv2d(out, out, 3, padding=1)
        self.time = nn.Linear(128, out)
        self.skip = nn.Identity() if inside == out else nn.Conv2d(inside, out, 1)

    def forward(self, x, time):
        h = self.convolution0(F.silu(self.norm0(x))) + self.time(time)[:, :, None, None]
        return self.convolution1(F.silu(self.norm1(h))) + self.skip(x)


class Ddpm(nn.Module):
    channels = (32, 64, 128)

    def __init__(self, batch):
        super().__init__()
        self.time = nn.Sequential(nn.Linear(32, 128), nn.SiLU(), nn.Linear(128, 128), nn.SiLU())
        self.first = nn.Conv2d(1, 32, 3, padding=1)
        self.down, self.up = nn.ModuleList(), nn.ModuleList()
        width = 32
        for i, out in enumerate(self.channels):
            resample = nn.Conv2d(out, out, 3, 2, 1) if i < 2 else nn.Identity()
            self.down.append(nn.ModuleList([Residual(width, out), Residual(out, out), resample]))
            width = out
        self.before, self.after = Residual(width, width), Residual(width, width)
        self.norm = nn.GroupNorm(8, width)
        self.packed, self.output = nn.Conv2d(width, 3 * width, 1), nn.Conv2d(width, width, 1)
        for i, out in reversed(list(enumerate(self.channels))):
            resample = nn.Conv2d(out, out, 3, padding=1) if i > 0 else nn.Identity()
            self.up.append(
                nn.ModuleList([Residual(width + out, out), Residual(2 * out, out), resample])
            )
            width = out
        self.last_norm, self.last = nn.GroupNorm(8, 32), nn.Conv2d(32, 1, 3, padding=1)
        self.register_buffer("frequencies", 10_000 ** (-torch.arange(16) / 16))
        kept = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000, dtype=torch.float64), 0)
        self.register_buffer("signal", kept.sqrt().float())
        self.register_buffer("noise", (1 - kept).sqrt().float())
        self.items, self.unit = batch, "examples"
        self.data = F.pad(2 * torch.rand(5_000, 1, 28, 28) - 1, (2, 2, 2, 2), value=-1.0)

    def optimizers(self):
        return [torch.optim.Adam(self.parameters(), 2e-4, fused=True)]

    def attended(self, x):
        n, c, h, w = x.shape
        heads = self.packed(self.norm(x)).reshape(n, 12, c // 4, h * w).transpose(2, 3)
        y = F.scaled_dot_product_attention(*heads.chunk(3, 1))
        return x + self.output(y.transpose(2, 3).reshape(n, c, h, w))

    def forward(self, x, t):
        angle = t[:, None] * self.frequencies
        time = self.time(torch.cat((angle.sin(), angle.cos()), 1))
        skips = []
        h = self.first(x)
        for first, second, resample in self.down:
            h = first(h, time)
            skips.append(h)
            h = second(h, time)
            skips.append(h)
            h = resample(h)
        h = self.after(self.attended(self.before(h, time)), time)
        for i, (first, second, resample) in enumerate(self.up):
            h = first(torch.cat((h, skips.pop()), 1), time)
            h = second(torch.cat((h, skips.pop()), 1), time)
            h = resample(F.interpolate(h, scale_factor=2.0)) if i < 2 else h
        return self.last(F.silu(self.last_norm(h)))

    def step(self, optimizers):
        x = batch_of(self.data, self.items)
        t = torch.randint(1000, (self.items,), device=DEVICE)
        epsilon = torch.randn_like(x)
        noised = self.signal[t][:, None, None, None] * x + self.noise[t][:, None, None, None] * epsilon
        with automatic():
            predicted = self.forward(noised, t.float()).float()
        F.mse_loss(predicted, epsilon).backward()
        update(optimizers)


STEPS = {
    "gpt-gpu": lambda: Gpt(6, 6, 384, 256, 64),
    "gpt-medium": lambda: Gpt(6, 6, 384, 256, 8),
    "gpt-shakespeare-cpu": lambda: Gpt(4, 4, 128, 64, 12),
    "vae-mlp": lambda: Vae(128),
    "realnvp-toy-d2": lambda: RealNvp(2, 256),
    "realnvp-toy-d64": lambda: RealNvp(64, 256),
    "dcgan-28": lambda: Dcgan(64),
    "ddpm-unet-28": lambda: Ddpm(32),
}

precision = "fp32"


def automatic():
    return torch.autocast("cuda", torch.bfloat16, enabled=precision == "bf16")


def moved(x):
    return x.pin_memory().to(DEVICE, non_blocking=True)


def batch_of(data, size):
    return moved(data[torch.randint(len(data), (size,))])


def update(optimizers):
    for optimizer in optimizers:
        optimizer.step()
        optimizer.zero_grad()


def seconds(work):
    def timed(count):
        begin = time.perf_counter()
        for _ in range(count):
            work()
        torch.cuda.synchronize()
        return time.perf_counter() - begin

    count = 1
    while timed(count) < 0.1:
        count *= 2
    return statistics.median(timed(count) / count for _ in range(9))


def main():
    global precision
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="steps; all without: " + ", ".join(STEPS))
    parser.add_argument("--precision", choices=("fp32", "tf32", "bf16"), default="fp32")
    parser.add_argument("--csv", help="write the results here too")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in STEPS]
    if unknown:
        parser.error(f"there is no step {unknown[0]!r}; choices: {', '.join(STEPS)}")
    if not torch.cuda.is_available():
        parser.error("PyTorch sees no GPU")
    precision = options.precision
    torch.backends.cuda.matmul.allow_tf32 = precision == "tf32"
    torch.backends.cudnn.allow_tf32 = precision == "tf32"
    torch.backends.cudnn.benchmark = True
    torch.manual_seed(1337)
    lines = ["step,precision,milliseconds,unit,units_per_second,parameters"]
    print(f"PyTorch {torch.__version__}, {torch.cuda.get_device_name()}, {precision}")
    for name in options.names or STEPS:
        model = STEPS[name]().to(DEVICE)
        optimizers = model.optimizers()
        spent = seconds(lambda: model.step(optimizers))
        parameters = sum(p.numel() for p in model.parameters())
        rate = model.items / spent
        print(f"{name}: {1e3 * spent:.4g} ms, {rate:.4g} {model.unit}/s, {parameters} parameters")
        lines.append(f"{name},{precision},{1e3 * spent:.6g},{model.unit},{rate:.6g},{parameters}")
    if options.csv:
        with open(options.csv, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
