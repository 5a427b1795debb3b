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
        // The pool that takes answers in has room for 600 otherwise and forgets what comes beyond; one push to every
        // client is
        // answered all at once.
        setUnlessGiven("bolt.tp.queue", "50000");
        setUnlessGiven("bolt.tp.max", "20");
        // Bolt's logger writes files below the home folder otherwise.
        setUnlessGiven("sofa.middleware.log.disable", "true");
        SerializerManager.addSerializer(
                SerializerManager.Hessian2,
                new ListedHessianSerializer(
                        new HessianBounds(HessianBounds.Limits.standard(), ClientClasses::isListed)));
        CustomSerializerManager.registerCustomSerializer(PeerFrame.class.getName(), new PeerFrame.Raw());
    }

    private BoltProcess() {}

    /** Makes sure that it is set. Whoever starts another user of Bolt first, calls this before. */
    public static void prepare() {
        // The static block above has run once this is called.
    }

    private static void setUnlessGiven(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
