package io.twinspan.registry.node.bolt;

/**
 * Why Hessian bytes are not decoded.
 *
 * @param isClass true for a class that is not listed; false for anything else
 * @param why one line that contains nothing of the data but a class name
 */
record HessianRefusal(boolean isClass, String why) {}
