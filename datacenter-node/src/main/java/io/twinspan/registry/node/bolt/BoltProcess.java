package io.twinspan.registry.node.bolt;

import com.alipay.remoting.CustomSerializerManager;
import com.alipay.remoting.config.BoltGenericOption;
import com.alipay.remoting.rpc.RpcServer;
import com.alipay.remoting.serialization.SerializerManager;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Bolt keeps once for the whole process, set before the first port is opened or the first peer called. It also holds for
 * other users of Bolt in this process, such as the raft group's port.
 */
public final class BoltProcess {
    private static final Logger LOG = LoggerFactory.getLogger(BoltProcess.class);

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

    /**
     * Lets a server that another library runs, and that is not started yet, close a connection at the first frame that is malformed
     * or larger than calls between nodes may be. Bolt by itself buffers what a header announces, and ends the process on some.
     */
    public static void bound(RpcServer server) {
        prepare();
        RefusalLog refusals = new RefusalLog(LOG, System::nanoTime);
        server.option(
                BoltGenericOption.EXTENDED_NETTY_CHANNEL_HANDLER,
                new FrontHandlers(() -> List.of(new FrameGate(
                        PeerTransportSettings.standard().frameLimitBytes(),
                        (remote, why) -> refusals.refused("the raft port", remote, why)))));
    }

    private static void setUnlessGiven(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
