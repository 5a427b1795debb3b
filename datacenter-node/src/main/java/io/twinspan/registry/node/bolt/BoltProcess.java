package io.twinspan.registry.node.bolt;

import com.alipay.remoting.CustomSerializerManager;
import com.alipay.remoting.serialization.SerializerManager;

/**
 * What Bolt keeps once for the whole process, set before the first port is opened or the first peer called. It also holds for
 * other users of Bolt in this process, such as the raft group's port.
 */
public final class BoltProcess {
    static {
        // Bolt hands several requests that arrive together to a pool, where they overtake one another.
        System.setProperty("bolt.rpc.dispatch-msg-list-in-default-executor", "false");
        // Bolt's logger writes files below the home folder otherwise.
        if (System.getProperty("sofa.middleware.log.disable") == null) {
            System.setProperty("sofa.middleware.log.disable", "true");
        }
        SerializerManager.addSerializer(
                SerializerManager.Hessian2,
                new ListedHessianSerializer(
                        new HessianBounds(HessianBounds.Limits.standard(), ClientClasses::isListed)));
        CustomSerializerManager.registerCustomSerializer(PeerFrame.class.getName(), new PeerFrame.Raw());
    }

    private BoltProcess() {}

    /** Makes sure that it is set. */
    public static void prepare() {
        // The static block above has run once this is called.
    }
}
