console.log('sample')
