'use strict';

const fs = require('fs');

/** Sums the sightings of each bird in a CSV file. */
function totals(path) {
  const lines = fs.readFileSync(path, 'utf8').trim().split('\n').slice(1);
  const sums = {};
  lines.forEach(function (line) {
    const [, bird, howMany] = line.split(',');
    sums[bird] = (sums[bird] || 0) + Number(howMany);
  });
  return sums;
}

if (require.main === module) {
  const sums = totals(process.argv[2]);
  Object.keys(sums).forEach((bird) => console.log(bird + ': ' + sums[bird]));
}

module.exports = { totals };
