package io.twinspan.registry.node.bolt;

import com.alipay.remoting.exception.CodecException;

/** What tests of the edge share. */
final class BoltFixtures {
    private BoltFixtures() {}

    static byte[] hessian(Object message) throws CodecException {
        return new ListedHessianSerializer(new HessianBounds(HessianBounds.Limits.standard(), ClientClasses::isListed))
                .serialize(message);
    }
}
