import { render } from "preact";
import { Board } from "./board.tsx";

const place = document.getElementById("board");
if (place === null) throw new Error("the page has no place for the board");
render(<Board />, place);
