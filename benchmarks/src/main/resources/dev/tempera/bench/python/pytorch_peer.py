"""Times PyTorch on one computation after another.

Reads one command a line from standard input and answers each with one line on standard output:

    operand NAME SHAPE ORDER PATH     float32 numbers in a file, densely in that order
    shape NAME SHAPE                  an operand of which only the lengths matter
    prepare convolution DIRECTION STRIDE PADDING
    prepare gram DIRECTION
    prepare step STYLE_LAYERS CONTENT_LAYER LEARNING_RATE
    run                               answers with milliseconds
    result ORDER PATH                 writes the numbers of the latest run
    forget                            drops operands and computation

SHAPE is like 1,64,512,512; ORDER is row_major or channels_last; PATH is the rest of the line. The
first answer, before any command, is the version. A failed command is answered by "error" and why.
The one argument is the number of threads.
"""

import os
import sys
import time

import torch
import torch.nn.functional as functional


def read(shape, order, path):
    """A tensor of its own memory, with the numbers of a file."""
    lengths = [int(length) for length in shape.split(",")]
    flat = torch.from_file(path, size=os.path.getsize(path) // 4, dtype=torch.float32)
    if order == "row_major":
        return flat.reshape(lengths).clone()
    images, channels, height, width = lengths
    return flat.reshape(images, height, width, channels).clone().permute(0, 3, 1, 2)


def write(tensor, order, path):
    """The numbers of a tensor into a file."""
    if order == "channels_last":
        tensor = tensor.permute(0, 2, 3, 1)
    file = torch.from_file(path, shared=True, size=tensor.numel(), dtype=torch.float32)
    file.copy_(tensor.reshape(-1))


def channels_last(weight):
    """A convolution weight in the order that suits channels-last images."""
    return weight.to(memory_format=torch.channels_last)


def convolution(operands, direction, stride, padding):
    """A convolution with bias and ReLU, or a gradient, as autograd itself computes it."""
    strides, paddings = [int(stride)] * 2, [int(padding)] * 2

    def gradients(gradient, image, weight, wanted):
        return torch.ops.aten.convolution_backward(
            gradient, image, weight, None, strides, paddings, [1, 1], False, [0, 0], 1, wanted)

    if direction == "forward":
        image, weight, bias = operands["image"], channels_last(operands["weight"]), operands["bias"]
        return lambda: functional.conv2d(image, weight, bias, strides, paddings).relu_()
    gradient = operands["gradient"]
    if direction == "input-gradient":
        weight, activations = channels_last(operands["weight"]), operands["sums"].relu()
        image = operands["image_like"]

        def input_gradient():
            masked = torch.ops.aten.threshold_backward(gradient, activations, 0)
            return gradients(masked, image, weight, [True, False, False])[0]

        return input_gradient
    image, weight = operands["image"], channels_last(operands["weight_like"])
    return lambda: gradients(gradient, image, weight, [False, True, False])[1]


def gram(operands, direction):
    """The matrix as a plain product, or the gradient with respect to the features."""
    images = operands["features"]
    features = images.flatten(2)[0]
    if direction == "forward":
        return lambda: torch.matmul(features, features.T)
    gradient = operands["gradient"]

    def backward():
        pixels = torch.matmul(features.T, gradient + gradient.T)
        return pixels.reshape(images.permute(0, 2, 3, 1).shape).permute(0, 3, 1, 2)

    return backward


def step(operands, style_layers, content_layer, learning_rate):
    """One step of style transfer: losses, gradient with respect to the image, and update."""
    style_layers = style_layers.split(",")
    names = [name for name in operands if name.startswith("conv")]
    weights = {name: channels_last(operands[name]) for name in names}
    biases = {name: torch.zeros(weights[name].shape[0]) for name in names}
    rate = float(learning_rate)

    def features(image):
        maps, block = {}, "1"
        for name in names:
            if name[4] != block:
                image, block = functional.max_pool2d(image, 2), name[4]
            image = functional.conv2d(image, weights[name], biases[name], padding=1).relu_()
            if name in style_layers or name == content_layer:
                maps[name] = image
        return maps

    def gram_matrix(maps):
        _, channels, height, width = maps.shape
        pixels = maps.permute(0, 2, 3, 1).reshape(height * width, channels)
        return pixels.T @ pixels / (height * width)

    with torch.no_grad():
        content = features(operands["content"])[content_layer].clone()
        style = features(operands["style"])
        targets = {name: gram_matrix(style[name]) for name in style_layers}
        del style
    image = operands["image"].clone(memory_format=torch.channels_last).requires_grad_(True)

    def one_step():
        maps = features(image)
        loss = functional.mse_loss(maps[content_layer], content)
        for name in style_layers:
            difference = gram_matrix(maps[name]) - targets[name]
            loss = loss + difference.square().sum() / targets[name].square().sum()
        (gradient,) = torch.autograd.grad(loss, image)
        with torch.no_grad():
            image.sub_(gradient, alpha=rate)
        return gradient

    return one_step


class Peer:
    """What is prepared at the moment."""

    def __init__(self):
        self.forget()

    def forget(self):
        self.operands, self.computation, self.latest = {}, None, None

    def answer(self, line):
        command, _, rest = line.partition(" ")
        if command == "operand":
            name, shape, order, path = rest.split(" ", 3)
            self.operands[name] = read(shape, order, path)
        elif command == "shape":
            name, shape = rest.split(" ")
            lengths = [int(length) for length in shape.split(",")]
            self.operands[name] = torch.zeros(lengths).to(memory_format=torch.channels_last)
        elif command == "prepare":
            kind, *settings = rest.split(" ")
            kinds = {"convolution": convolution, "gram": gram, "step": step}
            self.computation = kinds[kind](self.operands, *settings)
        elif command == "run":
            return self.run()
        elif command == "result":
            order, path = rest.split(" ", 1)
            write(self.latest.detach(), order, path)
        elif command == "forget":
            self.forget()
        else:
            raise ValueError("unknown command " + command)
        return "ok"

    def run(self):
        self.latest = None
        start = time.perf_counter()
        self.latest = self.computation()
        return repr(1e3 * (time.perf_counter() - start))


def main():
    torch.set_num_threads(int(sys.argv[1]))
    print("pytorch " + torch.__version__, flush=True)
    peer = Peer()
    for line in sys.stdin:
        try:
            print(peer.answer(line.rstrip("\n")), flush=True)
        except Exception as failure:
            print("error " + " ".join(str(failure).split()), flush=True)


main()
