package dev.tempera.bench.onednn;

import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * Primitives that compute something together.
 *
 * @param executions in their order
 * @param result the memory that the last one writes
 */
record Program(List<Execution> executions, memory result) {}
