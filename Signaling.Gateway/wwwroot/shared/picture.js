// A picture for those without a camera: moving colours, so that the other end sees it live, and a clock, so that
// both see how late it is.

/**
 * Starts to paint.
 * @param {import('./media.js').Format} format
 * @returns {MediaStream} one video track; painting ends when it is stopped
 */
export function generatedPicture({ width, height, framesPerSecond }) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const hue = Math.random() * 360;
  context.scale(width / WIDTH, height / HEIGHT);
  paint(context, hue);

  const stream = canvas.captureStream(framesPerSecond);
  const [track] = stream.getVideoTracks();
  // A timer, for animation frames stop where the page is in the background, and the other end would see a still.
  const timer = setInterval(() => {
    if (track.readyState === 'ended') {
      clearInterval(timer);
    } else {
      paint(context, hue);
    }
  }, 1000 / framesPerSecond);
  return stream;
}

// What is painted is told in these units, however large the picture.
const WIDTH = 640;
const HEIGHT = 480;

function paint(context, hue) {
  const seconds = performance.now() / 1000;
  context.fillStyle = `hsl(${hue} 45% 22%)`;
  context.fillRect(0, 0, WIDTH, HEIGHT);

  for (let i = 0; i < 5; i++) {
    const angle = seconds * (0.3 + i * 0.11) + i * 1.3;
    context.fillStyle = `hsl(${hue + i * 24} 65% ${40 + i * 6}% / 70%)`;
    context.beginPath();
    context.arc(WIDTH * (0.5 + 0.34 * Math.cos(angle)), HEIGHT * (0.5 + 0.3 * Math.sin(angle * 1.4)),
      36 + i * 14, 0, 2 * Math.PI);
    context.fill();
  }

  context.fillStyle = 'white';
  context.font = '600 84px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.shadowColor = 'rgb(0 0 0 / 60%)';
  context.shadowBlur = 12;
  context.fillText(new Date().toTimeString().slice(0, 8), WIDTH / 2, HEIGHT / 2);
  context.shadowBlur = 0;
}
