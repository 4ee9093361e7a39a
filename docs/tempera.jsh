import dev.tempera.data.*
import dev.tempera.op.*
import dev.tempera.optim.*
import dev.tempera.style.*
import dev.tempera.style.image.Picture
import dev.tempera.tensor.*
import dev.tempera.vgg.*
import dev.tempera.weights.*
import java.awt.image.BufferedImage
import java.io.*
import java.nio.file.*
import java.util.*
import java.util.stream.*
import javax.imageio.ImageIO
System.out.println("Tempera on the " + dev.tempera.backend.Backends.current().name() + " backend. Try: Tensor.randomNormal(1, 2, 3).square().sum(1)")
