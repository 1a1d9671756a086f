import { defineConfig } from "vite";

const { MODULES, ROOT, OUT } = process.env;

export default defineConfig({
  publicDir: false,
  resolve: {
    alias: [
      { find: "therapy-room", replacement: `${ROOT}/portal/components/therapy_room/therapy_room.jsx` },
      { find: "tokens.css", replacement: `${ROOT}/assets/tokens.css` },
      ...["react", "react-dom", "lucide-react", "livekit-client"].map((name) => ({
        find: new RegExp(`^${name}(/.*)?$`),
        replacement: `${MODULES}/${name}$1`,
      })),
    ],
  },
  build: { outDir: OUT, emptyOutDir: true, assetsInlineLimit: 0 },
});
